// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.oracle;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What an oracle found.
 *
 * @param made samples taken
 * @param acknowledged those of them that a worker said were stored
 * @param stored places of stored chunks
 * @param superseded seconds for which a newer reading of the same second stands
 * @param excused samples lost before anything was promised: not yet written, or not yet synced
 * @param inGaps samples that are not stored but told by a gap
 * @param failures how often each happened; empty if all is well
 * @param details one sentence each for the first of them
 */
public record Verdict(
    long made,
    long acknowledged,
    long stored,
    long superseded,
    long excused,
    long inGaps,
    Map<Failure, Long> failures,
    List<String> details) {
  public Verdict {
    failures = new EnumMap<>(failures);
    details = List.copyOf(details);
  }

  public boolean isFine() {
    return failures.isEmpty();
  }
}
