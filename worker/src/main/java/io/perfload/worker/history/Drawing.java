// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.Catalogue;
import io.perfload.common.model.Measure;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the wanted series of chunks, whatever sets they have. Confined to one thread. */
final class Drawing {
  /** Series times points: about 7 MB while it is drawn. */
  static final int MAX_VALUES = 200_000;

  private final List<SeriesPattern> wanted;
  private final Buckets buckets;
  private final List<Map<String, SeriesLine>> lines = new ArrayList<>();
  private final Map<SetHash, List<Column>> columns = new HashMap<>();
  private int size;

  Drawing(List<SeriesPattern> wanted, Buckets buckets) throws QueryTooLarge {
    this.wanted = wanted;
    this.buckets = buckets;
    for (SeriesPattern pattern : wanted) {
      lines.add(new LinkedHashMap<>());
      if (!pattern.all()) {
        addKnown(pattern);
      }
    }
  }

  void add(Chunk chunk) throws QueryTooLarge {
    List<Column> matching = columns.get(chunk.set().hash());
    if (matching == null) {
      matching = columnsOf(chunk.set());
      columns.put(chunk.set().hash(), matching);
    }
    for (int place = 0; place < Tier.PLACES; place++) {
      int bucket = buckets.of(chunk.id().startMs() + place * chunk.id().tier().stepMs());
      if (bucket < 0 || bucket >= buckets.count()) {
        continue;
      }
      for (Column column : matching) {
        column.line().add(bucket, column.measure(), chunk.value(column.index(), place));
      }
    }
  }

  /** The lines in the order they were asked for, instances in order. */
  List<SeriesLine> done() {
    return lines.stream()
        .flatMap(
            ofPattern ->
                ofPattern.values().stream().sorted(Comparator.comparing(SeriesLine::instance)))
        .toList();
  }

  /** A measure that every agent has is in the answer even when there is no reading of it. */
  private void addKnown(SeriesPattern pattern) throws QueryTooLarge {
    for (Catalogue.Entry entry : Catalogue.entries()) {
      if (entry.measure().name().equals(pattern.measure())) {
        line(lines.size() - 1, entry.measure(), pattern.instance());
        return;
      }
    }
  }

  /** A series that is declared twice with different units is taken once. */
  private List<Column> columnsOf(SeriesSet set) throws QueryTooLarge {
    Map<String, Column> byLine = new LinkedHashMap<>();
    for (int pattern = 0; pattern < wanted.size(); pattern++) {
      for (int index = 0; index < set.size(); index++) {
        Series series = set.series().get(index);
        if (wanted.get(pattern).matches(series)) {
          SeriesLine line = line(pattern, series.measure(), series.instance());
          byLine.putIfAbsent(
              pattern + " " + series.instance(), new Column(index, series.measure(), line));
        }
      }
    }
    return List.copyOf(byLine.values());
  }

  private SeriesLine line(int pattern, Measure measure, String instance) throws QueryTooLarge {
    SeriesLine known = lines.get(pattern).get(instance);
    if (known != null) {
      return known;
    }
    size += buckets.count();
    if (size > MAX_VALUES) {
      throw new QueryTooLarge(
          "The answer would have more than "
              + MAX_VALUES
              + " points; ask for fewer measures or fewer points.");
    }
    var line = new SeriesLine(measure.name(), instance, measure.unit(), buckets.count());
    lines.get(pattern).put(instance, line);
    return line;
  }

  private record Column(int index, Measure measure, SeriesLine line) {}
}
