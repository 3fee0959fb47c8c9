// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RespawnDelayTest {
  private final RespawnDelay delay = new RespawnDelay();

  @Test
  void aWorkerThatLivedWellIsReplacedAtOnce() {
    assertThat(delay.after(Duration.ofSeconds(10))).isZero();
  }

  @Test
  void workersThatDieYoungWaitLongerEachTimeUpToTenSeconds() {
    assertThat(delay.after(Duration.ZERO)).hasMillis(200);
    assertThat(delay.after(Duration.ofSeconds(9))).hasMillis(400);
    for (int i = 0; i < 10; i++) {
      delay.after(Duration.ZERO);
    }

    assertThat(delay.after(Duration.ZERO)).hasSeconds(10);
  }

  @Test
  void oneThatLivesWellMakesUpForThoseThatDidNot() {
    delay.after(Duration.ZERO);
    delay.after(Duration.ofMinutes(1));

    assertThat(delay.after(Duration.ZERO)).hasMillis(200);
  }
}
