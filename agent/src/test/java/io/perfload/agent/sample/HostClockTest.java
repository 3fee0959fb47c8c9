// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HostClockTest {
  private long wallMs = 1_000_000_000_000L;
  private long nanos = 5;
  private final InstantSource wall = () -> Instant.ofEpochMilli(wallMs);
  private final HostClock clock = new HostClock(wall, () -> nanos);

  @Test
  void followsTheWallClock() {
    assertThat(clock.millis()).isEqualTo(wallMs);
    pass(1000);
    assertThat(clock.millis()).isEqualTo(wallMs);
  }

  @Test
  void stepForwardIsFollowedAtOnce() {
    clock.millis();
    wallMs += 3_600_000;

    assertThat(clock.millis()).isEqualTo(wallMs);
  }

  @Test
  void stepBackIsGivenBackATenthAtATime() {
    long before = clock.millis();
    wallMs -= 10_000;

    assertThat(clock.millis()).isEqualTo(before);
    assertThat(clock.aheadMs()).isEqualTo(10_000);
    pass(50_000);
    assertThat(clock.millis()).isEqualTo(before + 45_000);
    pass(50_000);
    assertThat(clock.millis()).isEqualTo(wallMs);
    pass(1_000);
    assertThat(clock.millis()).isEqualTo(wallMs);
    assertThat(clock.aheadMs()).isZero();
  }

  @Property
  void neverGoesBack(@ForAll @Size(max = 50) int[] steps, @ForAll @IntRange(max = 3000) int pass) {
    long last = clock.millis();
    for (int step : steps) {
      wallMs += step % 100_000;
      pass(pass);
      long now = clock.millis();
      assertThat(now).isGreaterThanOrEqualTo(last);
      last = now;
    }
  }

  private void pass(long millis) {
    wallMs += millis;
    nanos += millis * 1_000_000;
  }
}
