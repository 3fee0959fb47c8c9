// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.HostId;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SpoolReport;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageDecoder;
import io.perfload.common.wire.FrameKind;
import io.perfload.common.wire.SeriesSetCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Reads the fleet's channel, layouts at {@link FleetFrame}. Stateless but for where it tells. */
final class FleetFrameReader {
  private static final int MAX_ADDRESS = 128;
  private static final int MAX_SETS = 65_536;
  private static final int MAX_HOSTS = 65_536;
  private static final int MIN_HOST_BYTES = 64;
  private static final long MAX_AGO_MS = 1L << 48;
  private static final int MAX_VALUES = 64 << 10;

  private final SeriesSets sets;
  private final Sink sink;

  FleetFrameReader(SeriesSets sets, Sink sink) {
    this.sets = sets;
    this.sink = sink;
  }

  /**
   * Reads a frame and tells the sink of each host as it comes.
   *
   * @param wanted whether to read frames of this instance at all
   * @throws Malformed when it can be read no further; what came before was told
   */
  void read(byte[] frame, Predicate<UUID> wanted) throws Malformed {
    var in = new ByteReader(ByteBuffer.wrap(frame));
    FleetFrame head = FleetFrame.read(in);
    if (!wanted.test(head.sender().instance())) {
      return;
    }
    sink.heard(head.sender());
    switch (head.kind()) {
      case DESCRIBE -> descriptions(head, in);
      case VALUES -> values(head, in);
      case GONE -> gone(head, in);
    }
  }

  private void descriptions(FleetFrame head, ByteReader in) throws Malformed {
    int setCount = in.count(MAX_SETS, 1, "sets");
    List<SeriesSet> declared = new ArrayList<>(setCount);
    for (int i = 0; i < setCount; i++) {
      declared.add(sets.shared(SeriesSetCodec.read(in)));
    }
    int hosts = in.count(MAX_HOSTS, MIN_HOST_BYTES, "hosts");
    for (int i = 0; i < hosts; i++) {
      description(head, declared, in);
    }
    in.end();
  }

  private void description(FleetFrame head, List<SeriesSet> declared, ByteReader in)
      throws Malformed {
    HostId id = id(in);
    int revision = in.varintUpTo(Integer.MAX_VALUE, "revision");
    int set = in.varintUpTo(MAX_SETS, "index of a set");
    if (set >= declared.size()) {
      throw new Malformed(Fault.COUNT, "set " + set + " of " + declared.size());
    }
    long claimedAtMs = in.i64();
    long sinceMs = in.i64();
    String address = in.text(MAX_ADDRESS, "an address");
    Optional<SpoolReport> spool = spool(in);
    HostProfile profile = profile(in);
    if (!profile.id().equals(id)) {
      throw new Malformed(Fault.VALUE, "two ids of one host");
    }
    sink.described(
        new Description(
            head.sender(),
            revision,
            claimedAtMs,
            sinceMs,
            address,
            profile,
            declared.get(set),
            spool));
  }

  private static Optional<SpoolReport> spool(ByteReader in) throws Malformed {
    int state = in.varintUpTo(256, "state of a spool");
    return state == 0
        ? Optional.empty()
        : Optional.of(
            new SpoolReport(SpoolReport.State.of(state - 1), nonNegative(in), nonNegative(in)));
  }

  private static long nonNegative(ByteReader in) throws Malformed {
    long value = in.varint();
    if (value < 0) {
      throw new Malformed(Fault.VALUE, "a size of " + value);
    }
    return value;
  }

  private static HostProfile profile(ByteReader in) throws Malformed {
    long length = in.u32();
    FrameKind kind = FrameKind.of(length, in.u8());
    AgentMessage message = AgentMessageDecoder.decode(kind, in.slice((int) length - 1));
    if (message instanceof AgentMessage.Host host) {
      return host.profile();
    }
    throw new Malformed(Fault.KIND, "no host but " + kind);
  }

  private void values(FleetFrame head, ByteReader in) throws Malformed {
    while (in.remaining() > 0) {
      HostId id = id(in);
      int revision = in.varintUpTo(Integer.MAX_VALUE, "revision");
      long ago = in.zigzag();
      long rtt = in.zigzag();
      long offset = in.zigzag();
      long takenAtMs = in.zigzag() + head.sentAtMs();
      long sequence = in.varint() - 1;
      byte[] packed = new ByteReader(in.slice(in.count(MAX_VALUES, 1, "bytes of values"))).rest();
      if (rtt > Integer.MAX_VALUE
          || rtt < -Integer.MAX_VALUE
          || ago > MAX_AGO_MS
          || ago < -MAX_AGO_MS) {
        throw new Malformed(Fault.VALUE, "a time of another age");
      }
      Newest newest =
          packed.length == 0
              ? new Newest(0, (int) rtt, offset, 0, 0, packed)
              : new Newest(head.sentAtMs() - ago, (int) rtt, offset, takenAtMs, sequence, packed);
      sink.updated(head.sender(), id, revision, newest);
    }
  }

  private void gone(FleetFrame head, ByteReader in) throws Malformed {
    while (in.remaining() > 0) {
      sink.gone(head.sender(), id(in));
    }
  }

  private static HostId id(ByteReader in) throws Malformed {
    return HostId.of(in.i64(), in.i64());
  }

  /** Told what a frame says. */
  interface Sink {
    void heard(Place sender);

    void described(Description description);

    void updated(Place sender, HostId host, int revision, Newest newest);

    void gone(Place sender, HostId host);
  }
}
