// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlCodecTest {
  static Stream<FromWorker> fromWorker() {
    return Stream.of(
        new FromWorker.Register(ControlCodec.VERSION, new UUID(1, -2), 77, -1, 900, 3),
        new FromWorker.Load(Integer.MAX_VALUE, 0, Long.MAX_VALUE),
        new FromWorker.Leaving(),
        new FromWorker.MakeWay(),
        new FromWorker.RestartWorkers());
  }

  static Stream<FromMaster> fromMaster() {
    var slot = new SlotReport(3, 4711, SlotState.STALLED, 5, 6, 7);
    return Stream.of(
        new FromMaster.SlotAssigned(7, "nöde"),
        new FromMaster.Refused("full"),
        new FromMaster.GiveDoor(),
        new FromMaster.DoorClosed(),
        new FromMaster.Drain(10_000),
        new FromMaster.Replaced(255, 0, Long.MAX_VALUE),
        new FromMaster.RestartEnded("worker 0: it took longer than 30 s"),
        new FromMaster.Roster(DoorCounters.NONE, List.of()),
        new FromMaster.Roster(
            new DoorCounters(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), Collections.nCopies(256, slot)));
  }

  @ParameterizedTest
  @MethodSource("fromWorker")
  void whatAWorkerSaysArrivesAsItWas(FromWorker message) {
    ByteBuffer frame = ControlCodec.encode(message);

    assertThat(ControlCodec.decodeFromWorker(frame)).contains(message);
    assertThat(frame.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("fromMaster")
  void whatAMasterSaysArrivesAsItWas(FromMaster message) {
    ByteBuffer frame = ControlCodec.encode(message);

    assertThat(ControlCodec.decodeFromMaster(frame)).contains(message);
    assertThat(frame.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("fromMaster")
  void aFrameThatIsNotWholeYetIsLeftAlone(FromMaster message) {
    ByteBuffer frame = ControlCodec.encode(message);
    int whole = frame.remaining();

    for (int length = 0; length < whole; length++) {
      ByteBuffer part = frame.slice(0, length);
      assertThat(ControlCodec.decodeFromMaster(part)).isEmpty();
      assertThat(part.position()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, ControlCodec.MAX_FRAME})
  void aLengthOutOfBoundsIsRefusedBeforeItsBytesCome(int length) {
    ByteBuffer frame = ByteBuffer.allocate(4).putInt(length).flip();

    assertThatThrownBy(() -> ControlCodec.decodeFromWorker(frame))
        .isInstanceOf(BadControlFrame.class);
  }

  @Example
  void aPayloadWithBytesToSpareIsRefused() {
    ByteBuffer frame = ByteBuffer.allocate(6).putInt(2).put((byte) 3).put((byte) 0).flip();

    assertThatThrownBy(() -> ControlCodec.decodeFromWorker(frame))
        .isInstanceOf(BadControlFrame.class)
        .hasMessage("kind 3: 1 bytes too many");
  }

  @Test
  void everyStateHasItsOwnNumber() {
    assertThat(SlotState.values())
        .allSatisfy(state -> assertThat(SlotState.of(state.code())).isSameAs(state));
  }

  @Property
  void anyPayloadIsAMessageOrABadFrame(@ForAll byte kind, @ForAll @Size(max = 200) byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(5 + payload.length);
    frame.putInt(1 + payload.length).put(kind).put(payload).flip();

    try {
      ControlCodec.decodeFromMaster(frame.duplicate());
      ControlCodec.decodeFromWorker(frame.duplicate());
    } catch (BadControlFrame e) {
      assertThat(e.getStackTrace()).isEmpty();
    }
  }
}
