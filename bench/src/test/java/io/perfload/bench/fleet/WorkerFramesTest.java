// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.wire.WorkerMessage;
import io.perfload.common.wire.WorkerMessageCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WorkerFramesTest {
  private static final List<WorkerMessage> MESSAGES =
      List.of(
          new WorkerMessage.Welcome("node", 3, 1_800_000_000_000L, 16),
          new WorkerMessage.Pong(42, 1),
          new WorkerMessage.Ack(1, List.of(), 16),
          new WorkerMessage.Ping(43));

  private final WorkerFrames frames = new WorkerFrames();
  private final List<WorkerMessage> read = new ArrayList<>();

  @Property(tries = 200)
  void messagesAreTheSameHoweverTheirBytesCome(
      @ForAll @Size(max = 8) List<@IntRange(min = 1, max = 40) Integer> cuts) throws Malformed {
    var fresh = new WorkerFrames();
    List<WorkerMessage> told = new ArrayList<>();
    byte[] bytes = bytes();
    int from = 0;
    for (int cut : cuts) {
      int to = Math.min(bytes.length, from + cut);
      fresh.read(part(bytes, from, to), told::add);
      from = to;
    }
    fresh.read(part(bytes, from, bytes.length), told::add);

    assertThat(told).containsExactlyElementsOf(MESSAGES);
  }

  @Test
  void aFrameThatNobodyKnowsIsMalformed() {
    ByteBuf unknown = Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 1, 63});

    assertThatThrownBy(() -> frames.read(unknown, read::add)).isInstanceOf(Malformed.class);
  }

  @Test
  void bytesAreReleased() throws Malformed {
    byte[] bytes = bytes();
    ByteBuf first = part(bytes, 0, 7);
    ByteBuf second = part(bytes, 7, bytes.length);

    frames.read(first, read::add);
    frames.read(second, read::add);

    assertThat(first.refCnt()).isZero();
    assertThat(second.refCnt()).isZero();
  }

  private static byte[] bytes() {
    var out = new ByteWriter();
    MESSAGES.forEach(message -> WorkerMessageCodec.encode(message, out));
    return out.toByteArray();
  }

  private static ByteBuf part(byte[] bytes, int from, int to) {
    return Unpooled.directBuffer().writeBytes(Arrays.copyOfRange(bytes, from, to));
  }
}
