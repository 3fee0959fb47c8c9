// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimulatedRunTest {
  @BeforeAll
  static void quiet() {
    Quiet.begin();
  }

  @Test
  void theSameSeedHappensInTheSameWay() {
    for (long seed = 1; seed <= 5; seed++) {
      RunResult once = SimulatedRun.run(seed, Plant.NONE, Optional.empty());
      RunResult again = SimulatedRun.run(seed, Plant.NONE, Optional.empty());

      assertThat(again.traceHash()).isEqualTo(once.traceHash());
      assertThat(again.verdict()).isEqualTo(once.verdict());
    }
  }

  @Test
  void otherSeedsHappenInOtherWays() {
    RunResult one = SimulatedRun.run(1, Plant.NONE, Optional.empty());
    RunResult other = SimulatedRun.run(2, Plant.NONE, Optional.empty());

    assertThat(other.traceHash()).isNotEqualTo(one.traceHash());
  }

  @Test
  void aRunMakesSamplesAndHasThemStored() {
    RunResult result = SimulatedRun.run(3, Plant.NONE, Optional.empty());

    assertThat(result.verdict().made()).isPositive();
    assertThat(result.verdict().acknowledged()).isPositive();
    assertThat(result.verdict().isFine()).isTrue();
  }
}
