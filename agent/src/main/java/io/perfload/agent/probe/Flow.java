// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

/** Bytes that pass one way, as a rate in a column of their own. */
final class Flow {
  private final Column column;
  private final CounterRate rate = new CounterRate();

  Flow(Column column) {
    this.column = column;
  }

  /** Takes a reading of the counter and returns the rate; NaN if there is none to tell. */
  double next(long bytes, long nanoTime) {
    double perSecond = rate.next(bytes, nanoTime);
    column.set(perSecond);
    return perSecond;
  }
}
