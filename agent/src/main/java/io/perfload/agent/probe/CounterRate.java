// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

/**
 * Makes a rate of a counter that only grows. Between the first two readings, and where the counter
 * went back because it was reset or has wrapped, there is no rate.
 */
final class CounterRate {
  private static final double NANOS = 1e9;

  private boolean known;
  private long last;
  private long lastNanos;

  /**
   * Takes a reading.
   *
   * @param count in any unit
   * @param nanoTime when it was read, by a clock that never goes back
   * @return the change per second since the reading before, or NaN if there is none to tell
   */
  double next(long count, long nanoTime) {
    long change = count - last;
    long nanos = nanoTime - lastNanos;
    boolean usable = known && change >= 0 && nanos > 0;
    known = true;
    last = count;
    lastNanos = nanoTime;
    return usable ? change / (nanos / NANOS) : Double.NaN;
  }
}
