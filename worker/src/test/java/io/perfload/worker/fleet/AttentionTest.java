// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttentionTest {
  private final Attention attention = new Attention(Duration.ofSeconds(2));

  @Test
  void whoHasJustBegunHasMissedNothingOfWhatItWasTold() {
    assertThat(attention.forMs(at(5))).isGreaterThan(60_000);
    assertThat(attention.forMs(at(7))).isGreaterThan(60_000);
  }

  @Test
  void whoWasStoppedHasHeardNobodyMeanwhile() {
    attention.forMs(at(0));
    attention.forMs(at(1));

    assertThat(attention.forMs(at(31))).isZero();
    assertThat(attention.forMs(at(32))).isEqualTo(1_000);
    assertThat(attention.forMs(at(34))).isEqualTo(3_000);
  }

  private static long at(long seconds) {
    return Duration.ofSeconds(seconds).toNanos() + Long.MAX_VALUE;
  }
}
