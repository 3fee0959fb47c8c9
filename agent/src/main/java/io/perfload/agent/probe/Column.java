// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.Measure;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;

/** Where a probe puts the values of one series. Confined to the sampling thread. */
public final class Column {
  private final Series series;
  private final Measure measure;
  private long scaled = Sample.ABSENT;
  private int unused;

  Column(Series series) {
    this.series = series;
    this.measure = series.measure();
  }

  Series series() {
    return series;
  }

  /** Sets the value of this round; one that is not finite is absent. */
  public void set(double value) {
    scaled = measure.scale(value);
    unused = 0;
  }

  /** Sets the value of this round. */
  public void set(long value) {
    set((double) value);
  }

  /** Takes the value of this round, which is absent again afterwards. */
  long take() {
    long taken = scaled;
    scaled = Sample.ABSENT;
    unused++;
    return taken;
  }

  /** Rounds since somebody set a value. */
  int unused() {
    return unused;
  }
}
