// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import com.fasterxml.jackson.databind.JsonNode;
import io.perfload.common.model.Catalogue;
import io.perfload.common.model.HostId;
import io.perfload.common.model.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what a query shows with what is stored, second by second. One thread. */
final class ShownHistory {
  private static final long STEP_MS = 1_000;
  private static final int MOST_POINTS = 6_000;
  private static final Map<String, Measure> MEASURES = measures();

  private final Oracle oracle;
  private final HostId host;
  private final NavigableMap<Long, Made> stored;

  ShownHistory(Oracle oracle, HostId host, NavigableMap<Long, Made> stored) {
    this.oracle = oracle;
    this.host = host;
    this.stored = stored;
  }

  /**
   * What to ask for, so that each answer has a point for each second; together all that is stored.
   */
  List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    Long next = stored.isEmpty() ? null : stored.firstKey();
    while (next != null) {
      long end = next + MOST_POINTS * STEP_MS;
      Long last = stored.lowerKey(end);
      long to = (last == null ? next : last) + STEP_MS;
      ranges.add(new Range(next, to, (int) ((to - next) / STEP_MS)));
      next = stored.ceilingKey(end);
    }
    return ranges;
  }

  /** Tells the oracle of everything in {@code answer} that is not as it is stored. */
  void check(JsonNode answer) {
    JsonNode times = answer.path("t");
    Set<Long> seen = new HashSet<>();
    for (JsonNode time : times) {
      if (!seen.add(time.asLong()) || time.asLong() % STEP_MS != 0) {
        oracle.shownWrong(host + " shows " + time + " twice, or between seconds");
      }
    }
    for (JsonNode series : answer.path("series")) {
      check(times, series);
    }
  }

  private void check(JsonNode times, JsonNode series) {
    String instance = series.path("instance").asText();
    String measure = series.path("measure").asText();
    String key = instance.isEmpty() ? measure : measure + ":" + instance;
    for (int point = 0; point < times.size(); point++) {
      long at = times.get(point).asLong();
      Long expected = oracle.valuesAt(host, at).get(key);
      for (String column : List.of("avg", "min", "max")) {
        JsonNode shown = series.path(column).path(point);
        if (!isAsStored(measure, expected, shown)) {
          oracle.shownWrong(
              host
                  + " "
                  + key
                  + " at "
                  + at
                  + ": "
                  + column
                  + " "
                  + shown
                  + ", stored "
                  + expected);
        }
      }
    }
  }

  private static boolean isAsStored(String measure, @Nullable Long expected, JsonNode shown) {
    if (expected == null || shown.isNull()) {
      return expected == null && shown.isNull();
    }
    Measure known = MEASURES.get(measure);
    return known != null && known.unscale(expected) == shown.asDouble();
  }

  private static Map<String, Measure> measures() {
    Map<String, Measure> measures = new HashMap<>();
    Catalogue.entries().forEach(entry -> measures.put(entry.measure().name(), entry.measure()));
    return measures;
  }

  /** A question. */
  record Range(long fromMs, long toMs, int points) {}
}
