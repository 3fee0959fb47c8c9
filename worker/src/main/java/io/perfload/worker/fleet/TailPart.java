// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import static java.util.Objects.requireNonNull;

import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import java.util.List;

/**
 * Consecutive samples of one host with the same columns.
 *
 * @param agentStartMs which run of the agent took them
 * @param samples oldest first; may be empty
 */
public record TailPart(SeriesSet set, long agentStartMs, List<Sample> samples) {
  public TailPart {
    requireNonNull(set, "set");
    samples = List.copyOf(samples);
  }
}
