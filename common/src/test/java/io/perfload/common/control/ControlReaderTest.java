// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ControlReaderTest {
  @Property(tries = 100)
  void messagesArriveInOrderHoweverTheyAreCut(@ForAll @IntRange(min = 1, max = 40_000) int cut) {
    var sent = new ArrayList<FromWorker>();
    ByteBuffer stream = ByteBuffer.allocate(64 * 1024);
    for (int i = 0; i < 1_500; i++) {
      FromWorker message =
          i % 2 == 0
              ? new FromWorker.Load(i, i, i)
              : new FromWorker.Register(1, new UUID(i, i), i, i, i, i);
      sent.add(message);
      stream.put(ControlCodec.encode(message));
    }
    stream.flip();
    var reader = ControlReader.ofWorker();
    List<FromWorker> received = new ArrayList<>();

    while (stream.hasRemaining()) {
      int length = Math.min(cut, stream.remaining());
      reader.read(stream.slice(stream.position(), length), received::add);
      stream.position(stream.position() + length);
    }

    assertThat(received).isEqualTo(sent);
  }

  @Test
  void whatIsNoFrameIsRefused() {
    var reader = ControlReader.ofMaster();

    assertThatThrownBy(() -> reader.read(ByteBuffer.wrap("GET / HTTP".getBytes(UTF_8)), m -> {}))
        .isInstanceOf(BadControlFrame.class);
  }
}
