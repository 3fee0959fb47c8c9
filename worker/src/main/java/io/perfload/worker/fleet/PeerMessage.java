// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import static java.util.Objects.requireNonNull;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SetHash;
import io.perfload.common.wire.SeriesSetCodec;
import io.perfload.worker.fleet.PackedTail.PackedRun;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What one worker says to another, not to all.
 *
 * <pre>
 *  +-----------+---------+----------------+
 *  | version 1 | kind    | as of its kind |    integers are varints, ids 16 bytes
 *  +-----------+---------+----------------+
 *  0 DESCRIBE     (nothing)
 *  1 ASK_TAIL     request | instance to answer | host
 *  2 WATCH        host
 *  3 SUPERSEDED   host | since i64
 *  4 TAIL         request | count | a run: set | agent start i64 | length | packed
 *  5 SAMPLED      instance | host | hash of the set | agent start i64 | taken at | sequence + 1 |
 *                 count | values
 * </pre>
 */
sealed interface PeerMessage {
  int VERSION = 1;
  int MAX_RUN_BYTES = 1 << 20;

  /** Asks for the descriptions of all hosts that the asked one owns. */
  record Describe() implements PeerMessage {}

  /** Asks for the newest seconds of a host. */
  record AskTail(long request, UUID replyTo, HostId host) implements PeerMessage {}

  /** Asks to publish a host's samples for the next seconds. */
  record Watch(HostId host) implements PeerMessage {}

  /** Tells that somebody else speaks for a host now. */
  record Superseded(HostId host, long sinceMs) implements PeerMessage {}

  /** Answers {@link AskTail}. */
  record Tail(long request, List<PackedRun> runs) implements PeerMessage {
    public Tail {
      runs = List.copyOf(runs);
    }
  }

  /** One sample of a host that somebody watches. */
  record Sampled(UUID owner, HostId host, SetHash set, long agentStartMs, Sample sample)
      implements PeerMessage {
    public Sampled {
      requireNonNull(sample, "sample");
    }
  }

  static byte[] encode(PeerMessage message) {
    var out = new ByteWriter().u8(VERSION);
    if (message instanceof Describe) {
      out.u8(0);
    } else if (message instanceof AskTail ask) {
      out.u8(1).varint(ask.request);
      id(ask.host, uuid(ask.replyTo, out));
    } else if (message instanceof Watch watch) {
      id(watch.host, out.u8(2));
    } else if (message instanceof Superseded superseded) {
      id(superseded.host, out.u8(3)).i64(superseded.sinceMs);
    } else if (message instanceof Tail tail) {
      out.u8(4).varint(tail.request).varint(tail.runs.size());
      tail.runs.forEach(run -> run(run, out));
    } else if (message instanceof Sampled sampled) {
      sampled(sampled, out.u8(5));
    }
    return out.toByteArray();
  }

  static PeerMessage decode(byte[] bytes, SeriesSets sets) throws Malformed {
    var in = new ByteReader(ByteBuffer.wrap(bytes));
    int version = in.u8();
    if (version != VERSION) {
      throw new Malformed(Fault.VERSION, "peer message version " + version);
    }
    PeerMessage message = read(in.u8(), in, sets);
    in.end();
    return message;
  }

  private static PeerMessage read(int kind, ByteReader in, SeriesSets sets) throws Malformed {
    return switch (kind) {
      case 0 -> new Describe();
      case 1 -> new AskTail(in.varint(), uuid(in), id(in));
      case 2 -> new Watch(id(in));
      case 3 -> new Superseded(id(in), in.i64());
      case 4 -> new Tail(in.varint(), runs(in, sets));
      case 5 ->
          new Sampled(uuid(in), id(in), new SetHash(in.i64(), in.i64()), in.i64(), sample(in));
      default -> throw new Malformed(Fault.KIND, "peer message kind " + kind);
    };
  }

  private static void run(PackedRun run, ByteWriter out) {
    SeriesSetCodec.write(run.set(), out);
    out.i64(run.agentStartMs()).varint(run.packed().length).bytes(run.packed());
  }

  private static List<PackedRun> runs(ByteReader in, SeriesSets sets) throws Malformed {
    int count = in.count(PackedTail.MAX_RUNS, 10, "runs");
    List<PackedRun> runs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      var set = sets.shared(SeriesSetCodec.read(in));
      long agentStartMs = in.i64();
      int length = in.count(MAX_RUN_BYTES, 1, "bytes of a run");
      runs.add(new PackedRun(set, agentStartMs, new ByteReader(in.slice(length)).rest()));
    }
    return runs;
  }

  private static void sampled(Sampled sampled, ByteWriter out) {
    id(sampled.host, uuid(sampled.owner, out));
    out.i64(sampled.set.high()).i64(sampled.set.low()).i64(sampled.agentStartMs);
    Sample sample = sampled.sample;
    out.varint(sample.takenAtMs()).varint(sample.sequence() + 1);
    out.varint(sample.scaled().length);
    for (long value : sample.scaled()) {
      PackedValues.write(value, out);
    }
  }

  private static Sample sample(ByteReader in) throws Malformed {
    long takenAtMs = in.varint();
    long sequence = in.varint() - 1;
    int columns = in.count(io.perfload.common.model.SeriesSet.MAX_SERIES, 1, "values");
    return new Sample(takenAtMs, sequence, PackedValues.read(columns, in));
  }

  private static ByteWriter id(HostId id, ByteWriter out) {
    return out.i64(id.high()).i64(id.low());
  }

  private static HostId id(ByteReader in) throws Malformed {
    return HostId.of(in.i64(), in.i64());
  }

  private static ByteWriter uuid(UUID id, ByteWriter out) {
    return out.i64(id.getMostSignificantBits()).i64(id.getLeastSignificantBits());
  }

  private static UUID uuid(ByteReader in) throws Malformed {
    return new UUID(in.i64(), in.i64());
  }
}
