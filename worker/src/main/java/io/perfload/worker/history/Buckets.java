// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

/**
 * Equal parts of a span of time, as short as the number of points allows. They begin at multiples
 * of their length, so that a chart that moves keeps its points.
 */
record Buckets(long startMs, long stepMs, int count) {
  /**
   * Returns the buckets that cover {@code fromMs} to {@code toMs}.
   *
   * @param finestMs the length of which theirs is a multiple
   * @param points as many as there may be, at least 1
   */
  static Buckets covering(long fromMs, long toMs, long finestMs, int points) {
    long step = shortestStep(fromMs, toMs, finestMs, points);
    if (countOf(fromMs, toMs, step) > points && points > 1) {
      step = shortestStep(fromMs, toMs, finestMs, points - 1);
    }
    long count = countOf(fromMs, toMs, step);
    if (count <= points) {
      return new Buckets(Math.floorDiv(fromMs, step) * step, step, (int) count);
    }
    long start = Math.floorDiv(fromMs, finestMs) * finestMs;
    return new Buckets(start, shortestStep(start, toMs, finestMs, 1), 1);
  }

  long endMs() {
    return startMs + stepMs * count;
  }

  long startOf(int bucket) {
    return startMs + stepMs * bucket;
  }

  /** The bucket of a moment; outside of 0 to {@code count - 1} for a moment outside of all. */
  int of(long timeMs) {
    long bucket = Math.floorDiv(timeMs - startMs, stepMs);
    return bucket < 0 ? -1 : (int) Math.min(bucket, count);
  }

  /** The shortest step of which {@code parts} are as long as the span. */
  private static long shortestStep(long fromMs, long toMs, long finestMs, int parts) {
    return -Math.floorDiv(-(toMs - fromMs), parts * finestMs) * finestMs;
  }

  private static long countOf(long fromMs, long toMs, long step) {
    return -Math.floorDiv(-toMs, step) - Math.floorDiv(fromMs, step);
  }
}
