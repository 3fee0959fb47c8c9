// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.model.Measure;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Unit;
import java.util.Arrays;

/**
 * One series: average, least and greatest of equal parts of time. Confined to one thread while it
 * is drawn.
 */
public final class SeriesLine {
  private final String measure;
  private final String instance;
  private final Unit unit;
  private final double[] sum;
  private final double[] min;
  private final double[] max;
  private final int[] count;

  SeriesLine(String measure, String instance, Unit unit, int points) {
    this.measure = measure;
    this.instance = instance;
    this.unit = unit;
    sum = new double[points];
    min = new double[points];
    max = new double[points];
    count = new int[points];
    Arrays.fill(min, Double.NaN);
    Arrays.fill(max, Double.NaN);
  }

  public String measure() {
    return measure;
  }

  /** Empty for the machine as a whole. */
  public String instance() {
    return instance;
  }

  void add(int bucket, Measure as, long scaled) {
    if (scaled == Sample.ABSENT) {
      return;
    }
    double value = as.unscale(scaled);
    sum[bucket] += value;
    min[bucket] = count[bucket] == 0 ? value : Math.min(min[bucket], value);
    max[bucket] = count[bucket] == 0 ? value : Math.max(max[bucket], value);
    count[bucket]++;
  }

  public Unit unit() {
    return unit;
  }

  /** The average of a part, every reading counted once; NaN where there was none. */
  public double avg(int point) {
    // rounding must not push an average out of what it averages
    return count[point] == 0
        ? Double.NaN
        : Math.max(min[point], Math.min(max[point], sum[point] / count[point]));
  }

  public double min(int point) {
    return min[point];
  }

  public double max(int point) {
    return max[point];
  }
}
