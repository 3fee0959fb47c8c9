// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.outage;

import io.perfload.bench.fleet.FleetCounts;
import io.perfload.bench.stack.ResourceMeter.Used;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * A span of time and what was seen in it.
 *
 * @param sampleMs from a sample's reading to its arrival at a watcher, by percentile
 * @param rowMs age of the newest sample of a row of the fleet when the row arrived, by percentile
 * @param roundTripMs of pings behind samples, by percentile
 * @param lateMs how late the load itself sent samples, by percentile
 * @param missing seconds that watchers did not see
 * @param twice samples that watchers saw again
 * @param watchersLost connections of watchers that ended
 * @param fleet what agents did
 * @param used by process
 */
record Phase(
    String name,
    double seconds,
    Map<String, Double> sampleMs,
    Map<String, Double> rowMs,
    Map<String, Double> roundTripMs,
    Map<String, Double> lateMs,
    long missing,
    long twice,
    long watchersLost,
    FleetCounts fleet,
    Map<String, Used> used) {

  /** What the processes of one name used. */
  Used used(String name) {
    return used.getOrDefault(name, new Used(0, 0));
  }

  /** The usual percentiles; {@code unit} of them are a millisecond. */
  static Map<String, Double> percentiles(Histogram histogram, double unit) {
    Map<String, Double> percentiles = new LinkedHashMap<>();
    if (histogram.getTotalCount() > 0) {
      percentiles.put("p50", histogram.getValueAtPercentile(50) / unit);
      percentiles.put("p99", histogram.getValueAtPercentile(99) / unit);
      percentiles.put("max", histogram.getMaxValue() / unit);
    }
    return percentiles;
  }
}
