// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.wire;

import static io.perfload.common.model.LostSamples.Reason.DAMAGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perfload.common.TestSamples;
import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SpoolReport;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {
  static Stream<AgentMessage> agentMessages() {
    return Stream.of(
        new AgentMessage.Hello("0.1.0", TestSamples.MINUTE, TestSamples.MINUTE + 5, "a token"),
        new AgentMessage.Host(0, TestSamples.profile()),
        new AgentMessage.Series(3, true, TestSamples.set(4)),
        new AgentMessage.Series(0, false, SeriesSet.of(List.of())),
        new AgentMessage.Sample(1, ByteBuffer.wrap(new byte[] {1, 2, 3})),
        new AgentMessage.Chunk(ByteBuffer.wrap(new byte[] {4, 5, 6})),
        new AgentMessage.Gap(
            1, new LostSamples(-3, TestSamples.MINUTE, TestSamples.MINUTE + 1, 60, DAMAGED)),
        new AgentMessage.Spool(0, new SpoolReport(SpoolReport.State.MEMORY, 3, 1 << 20)),
        new AgentMessage.Ping(-1),
        new AgentMessage.Pong(42, TestSamples.MINUTE),
        new AgentMessage.Goodbye("stopping"));
  }

  static Stream<WorkerMessage> workerMessages() {
    return Stream.of(
        new WorkerMessage.Welcome("node-1", 3, TestSamples.MINUTE, 16),
        new WorkerMessage.Ack(7, List.of(new WorkerMessage.Refusal(5, "time: too old")), 4),
        new WorkerMessage.Ack(0, List.of(), 0),
        new WorkerMessage.Failure("draining", "This worker stops."),
        new WorkerMessage.Ping(1),
        new WorkerMessage.Pong(1, 2));
  }

  @ParameterizedTest
  @MethodSource("agentMessages")
  void whatAnAgentSaysComesBack(AgentMessage message) throws Malformed {
    var out = new ByteWriter();
    new AgentMessageEncoder(out).write(message);

    ByteBuffer frame = out.view();
    FrameKind kind = header(frame);

    assertThat(AgentMessageDecoder.decode(kind, frame)).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("workerMessages")
  void whatAWorkerSaysComesBack(WorkerMessage message) throws Malformed {
    var out = new ByteWriter();
    WorkerMessageCodec.encode(message, out);

    ByteBuffer frame = out.view();
    FrameKind kind = header(frame);

    assertThat(WorkerMessageCodec.decode(kind, frame)).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("agentMessages")
  void aMessageCutShortAnywhereIsRefusedOrAnotherMessage(AgentMessage message) throws Malformed {
    var out = new ByteWriter();
    new AgentMessageEncoder(out).write(message);
    ByteBuffer frame = out.view();
    FrameKind kind = header(frame);

    for (int length = 0; length < frame.remaining(); length++) {
      ByteBuffer cut = frame.slice(frame.position(), length);
      try {
        assertThat(AgentMessageDecoder.decode(kind, cut)).isNotEqualTo(message);
      } catch (Malformed e) {
        assertThat(e.fault()).isIn(Fault.TRUNCATED, Fault.COUNT);
      }
    }
  }

  @Property
  void noPayloadMakesADecoderThrowAnythingButMalformed(
      @ForAll FrameKind kind, @ForAll byte[] bytes) {
    try {
      AgentMessageDecoder.decode(kind, ByteBuffer.wrap(bytes));
    } catch (Malformed e) {
      assertThat(e.fault()).isNotNull();
    }
    try {
      WorkerMessageCodec.decode(kind, ByteBuffer.wrap(bytes));
    } catch (Malformed e) {
      assertThat(e.fault()).isNotNull();
    }
  }

  @Test
  void aFrameOverItsKindsLimitIsRefusedByItsHeader() {
    assertThatThrownBy(() -> FrameKind.of(0xffff_ffffL, FrameKind.HELLO.code()))
        .isInstanceOfSatisfying(
            Malformed.class, e -> assertThat(e.fault()).isEqualTo(Fault.LENGTH));
    assertThatThrownBy(() -> FrameKind.of(0, FrameKind.PING.code()))
        .isInstanceOfSatisfying(
            Malformed.class, e -> assertThat(e.fault()).isEqualTo(Fault.LENGTH));
  }

  @Test
  void anUnknownKindIsRefusedByItsHeader() {
    assertThatThrownBy(() -> FrameKind.of(1, 255))
        .isInstanceOfSatisfying(Malformed.class, e -> assertThat(e.fault()).isEqualTo(Fault.KIND));
  }

  @Test
  void aTokenIsNeverPrinted() {
    assertThat(new AgentMessage.Hello("0.1.0", 1, 2, "hunter2").toString())
        .doesNotContain("hunter2");
  }

  @Test
  void aPrefaceOfAnotherVersionIsToldFromOneOfAnotherProtocol() {
    byte[] newer = Preface.bytes();
    newer[4] = 9;
    byte[] other = Preface.bytes();
    other[1] = 'Q';

    assertThatThrownBy(() -> Preface.check(ByteBuffer.wrap(newer))).hasMessageContaining("version");
    assertThatThrownBy(() -> Preface.check(ByteBuffer.wrap(other))).hasMessageContaining("magic");
  }

  private static FrameKind header(ByteBuffer frame) throws Malformed {
    var in = new ByteReader(frame);
    long length = in.u32();
    assertThat(length).isEqualTo(frame.remaining());
    return FrameKind.of(length, in.u8());
  }
}
