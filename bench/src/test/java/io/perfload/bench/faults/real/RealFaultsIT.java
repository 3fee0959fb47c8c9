// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run from end to end; {@code ./perfload test} runs all kinds from the built jars. */
class RealFaultsIT {
  @TempDir private Path directory;

  @Test
  void nothingIsLostWhenAgentsAndTheNetworkFail() throws IOException, InterruptedException {
    var plan =
        new CampaignPlan(
            11, 0, 1, List.of("kill-agent", "agents-cut"), 2, 1, Duration.ofSeconds(2), directory);

    List<RunResult> results = new RealCampaign(plan).run();

    RunResult result = results.get(0);
    assertThat(result.problems()).isEmpty();
    assertThat(result.verdict().examples()).isEmpty();
    assertThat(result.isClean()).isTrue();
    assertThat(result.verdict().acknowledged()).isPositive();
    assertThat(result.retries()).isPositive();
    assertThat(result.steps()).extracting(RunResult.Step::happened).containsOnly(true);
    try (var left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }
}
