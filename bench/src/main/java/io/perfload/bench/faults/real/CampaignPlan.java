// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a campaign is to do.
 *
 * @param first the number of the first run
 * @param kinds those that are dealt
 * @param faultsARun how many faults a run has, one after the other
 * @param lanes how many runs there are at a time
 * @param longest how long a stop or a partition may last
 * @param directory where everything is while it runs, and what failed stays
 */
record CampaignPlan(
    long seed,
    int first,
    int runs,
    List<String> kinds,
    int faultsARun,
    int lanes,
    Duration longest,
    Path directory) {
  CampaignPlan {
    kinds = List.copyOf(kinds);
  }
}
