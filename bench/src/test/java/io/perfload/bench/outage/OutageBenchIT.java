// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.bench.fleet.AddressRange;
import io.perfload.bench.report.AtMost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All of {@code bench outage}, for seconds: agents come with minutes while there is no store. */
class OutageBenchIT {
  private static final int HOSTS = 20;
  private static final int KEPT = 5;

  private final List<String> progress = new ArrayList<>();

  @Test
  void everySecondIsThereThoughTheStoreWasKilledBeforeTheAgentsCame() throws Exception {
    OutageReport report = new OutageBench(plan(), progress::add).run();

    assertThat(report.goals())
        .as(report.text())
        .filteredOn(goal -> !goal.what().startsWith("p99"))
        .allMatch(AtMost::reached);
    assertThat(report.text()).contains("| outage ", "| drain ", "repeated");
    assertThat(progress)
        .as("a minute may end meanwhile")
        .anyMatch(
            sentence ->
                sentence.contains(HOSTS * KEPT + " minutes wait")
                    || sentence.contains(HOSTS * (KEPT + 1) + " minutes wait"));
  }

  private static OutagePlan plan() {
    return new OutagePlan(
        HOSTS,
        2,
        KEPT,
        Duration.ofSeconds(1),
        Duration.ZERO,
        Duration.ofSeconds(3),
        Duration.ofSeconds(1),
        3,
        4,
        new AddressRange(0x7f00_0000, 8));
  }
}
