// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static java.util.Objects.requireNonNull;

import io.perfload.common.model.HostId;
import java.time.Duration;
import java.util.List;

/**
 * What is asked of a host's history.
 *
 * @param wanted which series, 1 to {@value #MAX_PATTERNS}
 * @param fromMs the first moment (Unix time, milliseconds), not negative
 * @param toMs the first moment after, at most {@link #MAX_RANGE} later
 * @param points as many as there may be, 1 to {@value #MAX_POINTS}
 */
public record SeriesQuery(
    HostId host, List<SeriesPattern> wanted, long fromMs, long toMs, int points) {
  public static final int MAX_PATTERNS = 100;
  public static final int MAX_POINTS = 10_000;
  public static final Duration MAX_RANGE = Duration.ofDays(2);

  public SeriesQuery {
    requireNonNull(host, "host");
    wanted = List.copyOf(wanted);
    if (wanted.isEmpty() || wanted.size() > MAX_PATTERNS) {
      throw new IllegalArgumentException(
          "wanted: " + wanted.size() + " (expected: 1 to " + MAX_PATTERNS + ")");
    }
    if (fromMs < 0 || toMs <= fromMs || toMs - fromMs > MAX_RANGE.toMillis()) {
      throw new IllegalArgumentException(
          "fromMs, toMs: " + fromMs + ", " + toMs + " (expected: a span of at most " + MAX_RANGE);
    }
    if (points < 1 || points > MAX_POINTS) {
      throw new IllegalArgumentException(
          "points: " + points + " (expected: 1 to " + MAX_POINTS + ")");
    }
  }
}
