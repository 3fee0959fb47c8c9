// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryDelayTest {
  @Test
  void growsToHalfASecondAndBeginsAnewAfterSuccess() {
    var delay = new RetryDelay(new Random(1));
    assertThat(delay.nextMillis()).isBetween(5L, 10L);

    for (int i = 0; i < 20; i++) {
      assertThat(delay.nextMillis()).isBetween(5L, 500L);
    }
    assertThat(delay.nextMillis()).isBetween(250L, 500L);

    delay.reset();
    assertThat(delay.nextMillis()).isBetween(5L, 10L);
  }
}
