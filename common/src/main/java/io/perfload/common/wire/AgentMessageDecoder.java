// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.wire;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.HostFacts;
import io.perfload.common.model.HostId;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SpoolReport;
import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the payloads of agents' frames; layouts in docs/protocol.md. Stateless; any thread. */
public final class AgentMessageDecoder {
  private static final int MAX_TEXT = 512;

  private AgentMessageDecoder() {}

  /**
   * Reads one message.
   *
   * @param payload exactly the frame's payload; messages keep views of it
   * @throws Malformed when the bytes are no such message, or the kind is one that only workers send
   */
  public static AgentMessage decode(FrameKind kind, ByteBuffer payload) throws Malformed {
    var in = new ByteReader(payload);
    AgentMessage message = read(kind, in);
    in.end();
    return message;
  }

  private static AgentMessage read(FrameKind kind, ByteReader in) throws Malformed {
    return switch (kind) {
      case HELLO ->
          new AgentMessage.Hello(
              in.text(MAX_TEXT, "the agent's version"),
              in.i64(),
              in.i64(),
              in.text(MAX_TEXT, "the token"));
      case HOST -> host(in);
      case SERIES -> new AgentMessage.Series(hostNumber(in), flag(in), SeriesSetCodec.read(in));
      case SAMPLE -> new AgentMessage.Sample(hostNumber(in), in.slice(in.remaining()));
      case CHUNK -> new AgentMessage.Chunk(in.slice(in.remaining()));
      case GAP -> gap(in);
      case SPOOL -> spool(in);
      case PING -> new AgentMessage.Ping(in.i64());
      case PONG -> new AgentMessage.Pong(in.i64(), in.i64());
      case GOODBYE -> new AgentMessage.Goodbye(in.text(MAX_TEXT, "the reason"));
      case WELCOME, ACK, FAILURE ->
          throw new Malformed(Fault.KIND, "an agent does not send " + kind);
    };
  }

  private static AgentMessage.Host host(ByteReader in) throws Malformed {
    int number = hostNumber(in);
    HostId id = HostId.of(in.i64(), in.i64());
    String name = in.text(4 * HostProfile.MAX_NAME, "a host's name");
    SortedMap<String, String> labels = labels(in);
    HostFacts facts = facts(in);
    try {
      return new AgentMessage.Host(number, new HostProfile(id, name, labels, facts));
    } catch (IllegalArgumentException e) {
      throw new Malformed(Fault.VALUE, String.valueOf(e.getMessage()));
    }
  }

  private static AgentMessage.Gap gap(ByteReader in) throws Malformed {
    int host = hostNumber(in);
    long id = in.i64();
    long fromMs = in.i64();
    long toMs = in.i64();
    long samples = positive(in, "samples");
    LostSamples.Reason reason = LostSamples.Reason.of(in.u8());
    try {
      return new AgentMessage.Gap(host, new LostSamples(id, fromMs, toMs, samples, reason));
    } catch (IllegalArgumentException e) {
      throw new Malformed(Fault.VALUE, String.valueOf(e.getMessage()));
    }
  }

  private static AgentMessage.Spool spool(ByteReader in) throws Malformed {
    int host = hostNumber(in);
    SpoolReport.State state = SpoolReport.State.of(in.u8());
    return new AgentMessage.Spool(
        host, new SpoolReport(state, positive(in, "chunks"), positive(in, "bytes")));
  }

  private static SortedMap<String, String> labels(ByteReader in) throws Malformed {
    int count = in.count(HostProfile.MAX_LABELS, 2, "labels");
    SortedMap<String, String> labels = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String key = in.text(4 * HostProfile.MAX_LABEL, "a label's key");
      labels.put(key, in.text(4 * HostProfile.MAX_LABEL, "a label's value"));
    }
    return labels;
  }

  private static HostFacts facts(ByteReader in) throws Malformed {
    var os =
        new HostFacts.Os(
            in.text(MAX_TEXT, "the OS type"),
            in.text(MAX_TEXT, "the OS name"),
            in.text(MAX_TEXT, "the OS version"),
            in.text(MAX_TEXT, "the architecture"));
    var cpu =
        new HostFacts.Cpu(
            in.text(MAX_TEXT, "the CPU model"),
            in.varintUpTo(1 << 20, "physical cores"),
            in.varintUpTo(1 << 20, "logical cores"),
            positive(in, "clock"));
    return new HostFacts(
        os,
        cpu,
        positive(in, "memory"),
        positive(in, "boot time"),
        in.text(MAX_TEXT, "the agent's version"));
  }

  private static int hostNumber(ByteReader in) throws Malformed {
    return in.varintUpTo(AgentMessage.MAX_HOSTS - 1, "host number");
  }

  private static boolean flag(ByteReader in) throws Malformed {
    int value = in.u8();
    if (value > 1) {
      throw new Malformed(Fault.VALUE, "flag " + value);
    }
    return value == 1;
  }

  private static long positive(ByteReader in, String what) throws Malformed {
    long value = in.varint();
    if (value < 0) {
      throw new Malformed(Fault.VALUE, what + " is over the range");
    }
    return value;
  }
}
