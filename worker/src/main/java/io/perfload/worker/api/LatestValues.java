// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import io.perfload.worker.fleet.HostState;
import java.io.IOException;
import java.util.List;

/** Names the values of samples. Stateless. */
final class LatestValues {
  /** Shares that follow from two measures. */
  static final List<Share> SHARES =
      List.of(
          new Share("memory.utilization", "memory.used", "memory.total"),
          new Share("swap.utilization", "swap.used", "swap.total"),
          new Share("disk.utilization", "disk.used", "disk.total"));

  private LatestValues() {}

  /** Writes the fields of the machine as a whole, shares included. */
  static void writeTotals(JsonGenerator json, HostState host) throws IOException {
    if (host.last().isEmpty()) {
      return;
    }
    Sample last = host.last().orElseThrow();
    String before = "";
    for (int column = 0; column < host.set().size(); column++) {
      Series series = host.set().series().get(column);
      String name = series.measure().name();
      if (series.instance().isEmpty() && !name.equals(before)) {
        write(json, name, series, last.scaled()[column]);
        before = name;
      }
    }
    for (Share share : SHARES) {
      double value = share.of(host);
      if (!Double.isNaN(value)) {
        json.writeNumberField(share.name(), value);
      }
    }
  }

  /** Writes a field for each series that has a value. */
  static void writeAll(JsonGenerator json, SeriesSet set, Sample sample) throws IOException {
    String before = "";
    for (int column = 0; column < set.size(); column++) {
      Series series = set.series().get(column);
      String key = series.key();
      if (!key.equals(before)) {
        write(json, key, series, sample.scaled()[column]);
        before = key;
      }
    }
  }

  /** The newest value of the machine as a whole; NaN if there is none. */
  static double total(HostState host, String measure) {
    if (host.last().isEmpty()) {
      return Double.NaN;
    }
    int column = column(host.set(), measure);
    return column < 0
        ? Double.NaN
        : host.set()
            .series()
            .get(column)
            .measure()
            .unscale(host.last().orElseThrow().scaled()[column]);
  }

  /** The column of the series without an instance, or a negative number. */
  static int column(SeriesSet set, String measure) {
    List<Series> series = set.series();
    int low = 0;
    int high = series.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (series.get(middle).measure().name().compareTo(measure) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    boolean found =
        low < series.size()
            && series.get(low).measure().name().equals(measure)
            && series.get(low).instance().isEmpty();
    return found ? low : -1;
  }

  private static void write(JsonGenerator json, String key, Series series, long scaled)
      throws IOException {
    if (scaled == Sample.ABSENT) {
      return;
    }
    if (series.measure().decimals() == 0) {
      json.writeNumberField(key, scaled);
    } else {
      json.writeNumberField(key, series.measure().unscale(scaled));
    }
  }

  /** One measure divided by another. */
  record Share(String name, String part, String whole) {
    double of(HostState host) {
      double total = LatestValues.total(host, whole);
      double share = LatestValues.total(host, part) / total;
      return total > 0 ? Math.rint(share * 1e4) / 1e4 : Double.NaN;
    }
  }
}
