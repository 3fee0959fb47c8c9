// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.bench.fleet.AddressRange;
import io.perfload.bench.report.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DoorReportTest {
  private final Measured measured = new Measured();

  @Test
  void aGoalIsJudgedByTheMedianOfPairedRatios() {
    rates(Front.Kind.HAPROXY, 1000, 500, 1000);
    rates(Front.Kind.DIRECT, 2000, 1000, 2000);
    rates(Front.Kind.PERFLOAD, 1900, 800, 1700);

    assertThat(report().goals())
        .containsExactly(
            new Goal("new connections/s, times HAProxy", 1.5, true, 1.7),
            new Goal("new connections/s, times straight to the worker", 0.9, true, 0.85));
    assertThat(report().goals()).extracting(Goal::reached).containsExactly(true, false);
    assertThat(report().text())
        .contains(
            "| new connections/s, times HAProxy                |  ≥ 1.50 |     1.70 | reached |")
        .contains("|  MISSED |");
  }

  @Test
  void whatIsNotMeasuredHasNoGoalAndWhatIsMissingIsNamed() {
    rates(Front.Kind.PERFLOAD, 1900);

    assertThat(report().goals()).isEmpty();
    assertThat(report().text()).contains("There is no haproxy.").contains("1,900");
  }

  @Test
  void aRequestThatWasNotAnsweredIsNotForgotten() {
    measured.requests(10, 0);
    assertThat(report().allAnswered()).isTrue();

    measured.requests(10, 1);
    assertThat(report().allAnswered()).isFalse();
    assertThat(report().text()).contains("20 requests sent, warm-up included; 1 failed.");
  }

  @Test
  void programsGetEveryRound() {
    rates(Front.Kind.PERFLOAD, 1900, 800);

    assertThat(report().json().toString()).contains("values=[1900.0, 800.0]");
  }

  private void rates(Front.Kind front, double... rates) {
    for (double rate : rates) {
      measured.add(front, Figure.NEW_RATE, rate);
    }
  }

  private DoorReport report() {
    var plan =
        new DoorPlan(
            3,
            1,
            Duration.ofSeconds(1),
            8,
            true,
            0,
            Duration.ofSeconds(1),
            0,
            Duration.ofSeconds(1),
            Duration.ZERO,
            new AddressRange(0x7f00_0000, 8));
    var machine = new Machine(2, "a processor", 1 << 30, "Linux", "Java", 0.5, 0);
    return new DoorReport(
        machine, plan, List.of("There is no haproxy."), measured, Optional.empty());
  }
}
