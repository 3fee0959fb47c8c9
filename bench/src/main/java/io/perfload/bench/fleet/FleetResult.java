// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.perfload.bench.report.Figures;
import io.perfload.bench.report.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a fleet did and what that cost.
 *
 * @param counts of the time it was watched
 * @param seconds how long that was
 * @param rttMs round trips of pings, by percentile
 * @param lateMs how late samples were sent, by percentile
 * @param serverCpuSeconds of the processes that were named, as a list of one; empty if none were
 * @param loadCpuSeconds of the fleet itself
 */
record FleetResult(
    FleetCounts counts,
    double seconds,
    Map<String, Double> rttMs,
    Map<String, Double> lateMs,
    List<Double> serverCpuSeconds,
    double loadCpuSeconds) {

  /** The usual percentiles of nanoseconds, in milliseconds. */
  static Map<String, Double> percentiles(Histogram nanos) {
    Map<String, Double> percentiles = new LinkedHashMap<>();
    for (double percentile : new double[] {50, 90, 99, 99.9}) {
      percentiles.put(
          "p" + Figures.plain(percentile), nanos.getValueAtPercentile(percentile) / 1e6);
    }
    percentiles.put("max", nanos.getMaxValue() / 1e6);
    return percentiles;
  }

  @JsonProperty
  double samplesPerSecond() {
    return counts.samples() / seconds;
  }

  /** Lines for people. */
  String table(int agents) {
    var table = new Table("fleet", "");
    table.row("agents, live at the end", agents + ", " + counts.live());
    table.row("samples/s", Figures.of(samplesPerSecond()));
    table.row("samples held back", String.valueOf(counts.held()));
    table.row(
        "chunks sent, acknowledged, refused",
        counts.chunks() + ", " + counts.acknowledged() + ", " + counts.refusedChunks());
    table.row("chunks given up", String.valueOf(counts.droppedChunks()));
    table.row(
        "connections lost, refused, made again",
        counts.lost() + ", " + counts.refused() + ", " + counts.connected());
    table.row("failure frames", String.valueOf(counts.failures()));
    rttMs.forEach((name, ms) -> table.row("round trip " + name + ", ms", Figures.of(ms)));
    table.row("sent late p99, ms", Figures.of(lateMs.getOrDefault("p99", Double.NaN)));
    table.row("bytes a second a host", Figures.of(counts.bytes() / seconds / agents));
    double samples = Math.max(1, counts.samples());
    serverCpuSeconds.forEach(
        cpu -> {
          table.row("server % of a core", Figures.of(100 * cpu / seconds));
          table.row("server µs a sample, chunks included", Figures.of(cpu * 1e6 / samples));
        });
    table.row("load µs a sample", Figures.of(loadCpuSeconds * 1e6 / samples));
    return table.toString();
  }
}
