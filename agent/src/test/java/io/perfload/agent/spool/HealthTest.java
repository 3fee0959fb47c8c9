// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.model.SpoolReport.State;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final Health health = new Health();

  @Test
  void isWellFromTheBeginning() {
    assertThat(health.state(0)).isEqualTo(State.OK);
  }

  @Test
  void diskThatFailsIsToldAtOnceAndForgottenOnlyAfterAWhile() {
    health.failed(new IOException("full"), 1_000);
    assertThat(health.state(1_000)).isEqualTo(State.MEMORY);
    health.wrote();

    assertThat(health.state(1_000 + Health.WRITABLE_AFTER_MS - 1)).isEqualTo(State.MEMORY);
    assertThat(health.state(1_000 + Health.WRITABLE_AFTER_MS)).isEqualTo(State.OK);
  }

  @Test
  void diskThatFailsNowAndThenDoesNotFlicker() {
    for (int second = 0; second < 100; second++) {
      if (second % 7 == 0) {
        health.failed(new IOException("now and then"), second * 1000);
      } else {
        health.wrote();
      }
      assertThat(health.state(second * 1000)).isEqualTo(State.MEMORY);
    }
  }

  @Test
  void diskThatFailsForHoursIsNotForgotten() {
    health.failed(new IOException("full"), 0);

    assertThat(health.state(100 * Health.WRITABLE_AFTER_MS)).isEqualTo(State.MEMORY);
  }

  @Test
  void droppingIsToldBeforeAllElseAndLastsBetweenMinutes() {
    health.failed(new IOException("full"), 0);
    health.dropped(0, 0);

    assertThat(health.state(60_000)).isEqualTo(State.DROPPING);
    health.dropped(60_000, 60_000);
    assertThat(health.state(120_000)).isEqualTo(State.DROPPING);
    assertThat(health.state(60_000 + Health.ROOM_AFTER_MS)).isEqualTo(State.MEMORY);
  }
}
