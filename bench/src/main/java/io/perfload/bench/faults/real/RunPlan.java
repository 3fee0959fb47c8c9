// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.time.Duration;
import java.util.List;

/**
 * One run: everything that is up to chance follows from it.
 *
 * @param number from 0
 * @param kinds of the faults that come one after the other
 * @param longest how long a stop or a partition may last
 */
record RunPlan(int number, long seed, List<String> kinds, Duration longest) {
  RunPlan {
    kinds = List.copyOf(kinds);
  }
}
