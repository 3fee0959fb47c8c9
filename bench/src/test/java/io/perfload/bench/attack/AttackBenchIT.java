// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.bench.fleet.AddressRange;
import io.perfload.bench.report.AtMost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All of {@code bench attack} but the parts with few descriptors, small and for seconds. */
class AttackBenchIT {
  private final List<String> progress = new ArrayList<>();

  @Test
  void aCrowdIsEndedAndCountedAndNoHonestSampleIsMissing() throws Exception {
    AttackReport report = new AttackBench(plan(), progress::add).run();

    assertThat(report.goals())
        .as(report.text())
        .filteredOn(goal -> !goal.what().startsWith("p99"))
        .allMatch(AtMost::reached);
    AttackBench.Part part = report.parts().get(0);
    assertThat(part.crowd().resets()).isPositive();
    assertThat(part.crowd().ended()).isEqualTo(part.crowd().opened()).isGreaterThan(60);
    assertThat(part.refusals()).containsKeys("slow", "length");
    assertThat(part.fleet().lost()).isZero();
  }

  private static AttackPlan plan() {
    var hostile = new AddressRange(0x7f60_0000, 12);
    return new AttackPlan(
        20,
        2,
        new AttackPlan.Crowd(60, 40, 200, hostile),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(3),
        2,
        0,
        new AddressRange(0x7f10_0000, 12));
  }
}
