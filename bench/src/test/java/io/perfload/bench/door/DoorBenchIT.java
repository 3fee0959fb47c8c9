// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.bench.fleet.AddressRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Everything the comparison does, for a moment: nobody is left without an answer, or left. */
class DoorBenchIT {
  private final List<String> progress = new ArrayList<>();

  @Test
  void everyRequestIsAnsweredThroughEveryFrontAndEveryAgentStays() throws Exception {
    long before = children();

    DoorReport report = new DoorBench(plan(), progress::add).run();

    assertThat(report.text())
        .contains(Front.Kind.DIRECT.label(), Front.Kind.PERFLOAD.label(), "0 failed", "KB a host");
    assertThat(report.allAnswered()).as(report.text()).isTrue();
    assertThat(report.goals()).extracting(Goal::what).contains("worker memory a host, KB");
    assertThat(progress).isNotEmpty();
    assertThat(children()).isEqualTo(before);
  }

  private static long children() {
    return ProcessHandle.current().descendants().count();
  }

  private static DoorPlan plan() {
    return new DoorPlan(
        1,
        0,
        Duration.ofSeconds(1),
        8,
        true,
        50,
        Duration.ofSeconds(1),
        100,
        Duration.ofSeconds(2),
        Duration.ofMillis(300),
        new AddressRange(0x7f00_0000, 8));
  }
}
