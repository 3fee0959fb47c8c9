// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.util.List;

/**
 * What is left of what was made.
 *
 * @param made readings
 * @param acknowledged of them, by a worker
 * @param stored seconds found
 * @param superseded readings of which the store has a newer one of the same second
 * @param gaps gap records that were acknowledged
 * @param inGaps readings that are missing and that such a record covers
 * @param taken readings that are missing because the fault itself took them: they were on their way
 *     to the spool when the agent was killed, or in the bytes that were cut off
 * @param lost readings that are missing though nothing explains it
 * @param lostAcknowledged of them and of those in gaps, how many had been acknowledged
 * @param foreign seconds that nobody made, or not so
 * @param twice points that a query showed twice or not as they were made
 * @param examples the first of the last four, for people
 */
public record Verdict(
    long made,
    long acknowledged,
    long stored,
    long superseded,
    long gaps,
    long inGaps,
    long taken,
    long lost,
    long lostAcknowledged,
    long foreign,
    long twice,
    List<String> examples) {
  public Verdict {
    examples = List.copyOf(examples);
  }

  /** Whether all is as promised. */
  public boolean isClean() {
    return lost == 0 && lostAcknowledged == 0 && foreign == 0 && twice == 0;
  }
}
