// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.agent.probe.Probes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final long START = 1_000_000_000_400L;

  private final List<Reading> readings = new ArrayList<>();
  private long wallMs = START;
  private long nanos;

  @Test
  void samplesAtWholeSeconds() {
    run(Duration.ofSeconds(1), 3);

    assertThat(readings)
        .extracting(Reading::takenAtMs)
        .containsExactly(START + 600, START + 1600, START + 2600);
    assertThat(readings)
        .extracting(reading -> reading.sample().sequence())
        .containsExactly(7L, 8L, 9L);
  }

  @Test
  void samplesAtMultiplesOfALongerInterval() {
    run(Duration.ofSeconds(30), 2);

    assertThat(readings).extracting(Reading::takenAtMs).allMatch(time -> time % 30_000 == 0);
  }

  @Test
  void tickThatWasMissedHasNoSample() {
    var sampler = sampler(Duration.ofSeconds(1));

    sampler.run(
        START,
        0,
        reading -> {
          readings.add(reading);
          if (readings.size() == 1) {
            pass(2_700);
          } else if (readings.size() == 3) {
            sampler.stop();
          }
        });

    assertThat(readings)
        .extracting(Reading::takenAtMs)
        .containsExactly(START + 600, START + 3300, START + 3600);
  }

  @Test
  void clockThatStepsBackRepeatsNoSecondAndLeavesNoneOut() {
    var sampler = sampler(Duration.ofSeconds(1));

    sampler.run(
        START,
        0,
        reading -> {
          readings.add(reading);
          if (readings.size() == 3) {
            wallMs -= 60_000;
          } else if (readings.size() == 1000) {
            sampler.stop();
          }
        });

    for (int i = 1; i < readings.size(); i++) {
      assertThat(second(i)).isEqualTo(second(i - 1) + 1);
    }
    assertThat(readings.get(999).takenAtMs()).as("has caught up").isEqualTo(wallMs);
  }

  @Test
  void clockThatStepsForwardGoesOnFromThere() {
    var sampler = sampler(Duration.ofSeconds(1));

    sampler.run(
        START,
        0,
        reading -> {
          readings.add(reading);
          if (readings.size() == 1) {
            wallMs += 90_000;
          } else {
            sampler.stop();
          }
        });

    assertThat(readings).hasSize(2);
    assertThat(second(1) - second(0)).isBetween(90L, 91L);
  }

  @Test
  void clockSetBackByHoursEndsTheRun() {
    var sampler = sampler(Duration.ofSeconds(1));

    Sampler.End end =
        sampler.run(
            START,
            0,
            reading -> {
              readings.add(reading);
              wallMs -= 2 * 3_600_000;
            });

    assertThat(end).isEqualTo(Sampler.End.CLOCK_SET_BACK);
    assertThat(readings).hasSize(1);
  }

  private void run(Duration interval, int count) {
    var sampler = sampler(interval);
    sampler.run(
        START,
        7,
        reading -> {
          readings.add(reading);
          if (readings.size() == count) {
            sampler.stop();
          }
        });
  }

  private Sampler sampler(Duration interval) {
    var pause =
        new Sampler.Pause() {
          @Override
          public void forMillis(long millis) {
            pass(millis);
          }

          @Override
          public void end() {}
        };
    var clock = new HostClock(() -> Instant.ofEpochMilli(wallMs), () -> nanos);
    return new Sampler(new Probes(List.of()), clock, () -> nanos, interval, pause);
  }

  private long second(int index) {
    return readings.get(index).takenAtMs() / 1000;
  }

  private void pass(long millis) {
    wallMs += millis;
    nanos += millis * 1_000_000;
  }
}
