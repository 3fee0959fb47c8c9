// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RetryDelayTest {
  @Property
  void everyDelayIsWithinItsBounds(@ForAll long seed) {
    var delay = new RetryDelay(new SplittableRandom(seed));

    assertThat(delay.next()).isBetween(200L, 600L);
    for (int attempt = 0; attempt < 20; attempt++) {
      assertThat(delay.next()).isBetween(200L, 5_000L);
    }
  }

  @Test
  void successMakesTheNextDelayShortAgain() {
    var delay = new RetryDelay(new SplittableRandom(1));
    for (int attempt = 0; attempt < 20; attempt++) {
      delay.next();
    }

    delay.reset();

    assertThat(delay.next()).isLessThanOrEqualTo(600);
  }
}
