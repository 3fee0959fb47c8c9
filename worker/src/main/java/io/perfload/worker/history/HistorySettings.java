// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import java.time.Duration;

/**
 * How history is written.
 *
 * @param keep how long the finest tier is kept, from a chunk's arrival; 1 hour to 366 days
 * @param queueBytes packed bytes that may wait or be under way to the store
 * @param queueChunks chunks that may wait or be under way to the store
 * @param writers threads that write, 1 to 16
 */
public record HistorySettings(Duration keep, long queueBytes, int queueChunks, int writers) {
  public static final Duration DEFAULT_KEEP = Duration.ofDays(1);
  public static final Duration MIN_KEEP = Duration.ofHours(1);
  public static final Duration MAX_KEEP = Duration.ofDays(366);

  /** What a worker uses unless told otherwise. */
  public static final HistorySettings DEFAULTS =
      new HistorySettings(DEFAULT_KEEP, 32L << 20, 20_000, 2);

  public HistorySettings {
    if (keep.compareTo(MIN_KEEP) < 0 || keep.compareTo(MAX_KEEP) > 0) {
      throw new IllegalArgumentException(
          "keep: " + keep + " (expected: " + MIN_KEEP + " to " + MAX_KEEP + ")");
    }
    if (queueBytes < 1 || queueChunks < 1) {
      throw new IllegalArgumentException(
          "queueBytes, queueChunks: " + queueBytes + ", " + queueChunks + " (expected: >= 1)");
    }
    if (writers < 1 || writers > 16) {
      throw new IllegalArgumentException("writers: " + writers + " (expected: 1 to 16)");
    }
  }
}
