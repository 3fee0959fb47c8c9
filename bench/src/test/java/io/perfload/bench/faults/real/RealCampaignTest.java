// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealCampaignTest {
  private static final List<String> KINDS = new FaultKinds().names();

  @Test
  void everyKindComesOnceBeforeAnyComesAgain() {
    int aRun = 3;
    int runs = KINDS.size() / aRun;
    List<String> dealt =
        plan(7, 0, runs, aRun).runs().stream().flatMap(run -> run.kinds().stream()).toList();

    assertThat(KINDS.size() % aRun).isZero();
    assertThat(dealt).containsExactlyInAnyOrderElementsOf(KINDS);
  }

  @Test
  void aRunIsTheSameWhetherItIsTheFirstOrOneOfMany() {
    RunPlan among = plan(7, 0, 40, 2).runs().get(33);
    RunPlan alone = plan(7, 33, 1, 2).runs().get(0);

    assertThat(alone).isEqualTo(among);
  }

  @Test
  void everyRunHasASeedOfItsOwn() {
    List<RunPlan> runs = plan(7, 0, 500, 1).runs();

    assertThat(new HashSet<>(runs.stream().map(RunPlan::seed).toList())).hasSize(500);
    assertThat(plan(8, 0, 1, 1).runs().get(0).seed()).isNotEqualTo(runs.get(0).seed());
  }

  private static RealCampaign plan(long seed, int first, int runs, int aRun) {
    return new RealCampaign(
        new CampaignPlan(
            seed, first, runs, KINDS, aRun, 1, Duration.ofSeconds(1), Path.of("nowhere")));
  }
}
