// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.bench.faults.simulated.Campaign.Totals;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many runs: it takes a minute or so. */
class CampaignIT {
  private static final int RUNS = 1_000;
  private static final int THREADS = 2;

  @BeforeAll
  static void quiet() {
    Quiet.begin();
  }

  @Test
  void nothingIsLostOrShownTwiceWhateverBreaks() throws InterruptedException {
    Totals totals = run(1);

    assertThat(totals.mishaps()).containsOnlyKeys(Mishap.values());
    assertThat(totals.sums().get("chunks sent again")).isPositive();
    assertThat(totals.sums().get("store calls that failed")).isPositive();
    assertThat(totals.sums().get("merges")).isPositive();
    assertThat(totals.sums().get("told by a gap")).isPositive();
  }

  /** Fresh seeds come back here once those that docs/reliability.md tells as open are closed. */
  @Test
  void nothingIsLostOrShownTwiceInAThousandOtherRuns() throws InterruptedException {
    run(7_000_000);
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aPlantedBugIsFound(Plant plant) throws InterruptedException {
    Totals totals = new Campaign(1, RUNS, plant, true).run(THREADS);

    assertThat(totals.firstFailure()).as(plant.description()).isPresent();
  }

  private static Totals run(long seed) throws InterruptedException {
    System.out.println("Simulated faults: first seed " + seed + ", runs " + RUNS);
    Totals totals = new Campaign(seed, RUNS, Plant.NONE, false).run(THREADS);

    assertThat(totals.firstFailure()).isEmpty();
    assertThat(totals.runs()).isEqualTo(RUNS);
    return totals;
  }
}
