// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.chunk.Tier;
import io.perfload.common.model.LostSamples;
import java.util.List;

/**
 * History, drawn: for each series average, least and greatest of equal parts of time.
 *
 * @param startMs the start of the first part (Unix time, milliseconds)
 * @param stepMs the length of a part
 * @param points how many parts
 * @param gaps what is known to be missing in this time
 */
public record SeriesAnswer(
    Tier tier,
    long startMs,
    long stepMs,
    int points,
    List<SeriesLine> lines,
    List<LostSamples> gaps) {
  public SeriesAnswer {
    lines = List.copyOf(lines);
    gaps = List.copyOf(gaps);
  }
}
