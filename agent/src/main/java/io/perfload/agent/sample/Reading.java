// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.sample;

import static java.util.Objects.requireNonNull;

import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;

/**
 * One sample and what is needed to understand it.
 *
 * @param set the columns of the sample
 * @param agentStartMs when the run of the agent began that took it
 */
public record Reading(SeriesSet set, long agentStartMs, Sample sample) {
  public Reading {
    requireNonNull(set, "set");
    if (sample.scaled().length != set.size()) {
      throw new IllegalArgumentException(
          "values: " + sample.scaled().length + " (expected: " + set.size() + ")");
    }
  }

  public long takenAtMs() {
    return sample.takenAtMs();
  }
}
