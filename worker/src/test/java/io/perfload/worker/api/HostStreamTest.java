// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.model.HostId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostStreamTest {
  private final HostStream stream = new HostStream(HostId.random());

  @Test
  void nothingGoesBeforeTheTailCame() {
    stream.sampled(item(5));

    assertThat(stream.hasNext()).isFalse();
  }

  @Test
  void theTailGoesFirstAndWhatIsInBothGoesOnce() {
    stream.sampled(item(3));
    stream.sampled(item(4));

    stream.tail(List.of(item(1), item(2), item(3)));

    assertThat(drained()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aClockThatStepsBackDoesNotSilenceTheStream() {
    stream.tail(List.of(item(50)));
    stream.sampled(item(10));

    assertThat(drained()).containsExactly(50, 10);
  }

  @Test
  void theOldestGoWhenAReaderIsTooSlow() {
    stream.tail(List.of());
    for (int i = 0; i < HostStream.MAX_WAITING + 10; i++) {
      stream.sampled(item(i));
    }

    assertThat(stream.takeDropped()).isEqualTo(10);
    assertThat(stream.takeDropped()).isZero();
    assertThat(drained()).hasSize(HostStream.MAX_WAITING).startsWith(10);
  }

  private List<Integer> drained() {
    List<Integer> drained = new ArrayList<>();
    while (stream.hasNext()) {
      byte[] message = stream.next();
      drained.add(message[0] * 256 + Byte.toUnsignedInt(message[1]));
    }
    return drained;
  }

  private static HostStream.Item item(int second) {
    byte[] message = {(byte) (second >> 8), (byte) second};
    return new HostStream.Item(new HostStream.Moment(second * 1000L, second), message);
  }
}
