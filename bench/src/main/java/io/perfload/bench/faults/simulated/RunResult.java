// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.perfload.bench.faults.oracle.Verdict;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one run came to.
 *
 * @param traceHash the same for the same seed
 * @param virtualMs how long it lasted in its own time
 * @param events how many there were
 */
public record RunResult(
    long seed,
    Verdict verdict,
    Map<Mishap, Long> mishaps,
    Sightings sightings,
    long traceHash,
    long virtualMs,
    long events) {
  public RunResult {
    mishaps = new EnumMap<>(mishaps);
  }
}
