// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.util.List;

/**
 * How a run went.
 *
 * @param duplicates chunks that were sent more than once
 * @param retries connections that agents opened after the first
 * @param problems what did not come back, or was said that must not be; empty if all is well
 */
record RunResult(
    RunPlan plan,
    List<Step> steps,
    Verdict verdict,
    long duplicates,
    long retries,
    List<String> problems,
    double seconds) {
  RunResult {
    steps = List.copyOf(steps);
    problems = List.copyOf(problems);
  }

  boolean isClean() {
    return verdict.isClean() && problems.isEmpty();
  }

  /**
   * One fault.
   *
   * @param details what chance made of it, where that is more than a number
   * @param happened whether it really happened
   * @param healMs from its end until every host had a fresh sample; less than 0 if never
   */
  record Step(
      String kind, String details, boolean happened, long healMs, long retries, long duplicates) {}
}
