// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.chunk;

import static java.util.Objects.requireNonNull;

import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers readings of one host and one span of time, in any order and any repetition. The chunk has
 * the union of all series that were declared; a place read twice keeps the reading with the greater
 * agent start, then sequence. Confined to one thread.
 */
public final class ChunkBuilder {
  private final ChunkId id;
  private final Map<Series, long[]> columns = new HashMap<>();
  private SeriesSet lastSet = SeriesSet.of(List.of());
  private long[][] lastColumns = {};
  private final long[] agentStarts = absent();
  private final long[] sequences = absent();

  public ChunkBuilder(ChunkId id) {
    this.id = requireNonNull(id, "id");
  }

  public ChunkId id() {
    return id;
  }

  /**
   * Adds one reading; its time must fall into this chunk.
   *
   * @param set the columns of {@code sample}
   * @param agentStartMs when the run of the agent began that took it
   */
  public void add(SeriesSet set, long agentStartMs, Sample sample) {
    if (id.tier().startOf(sample.takenAtMs()) != id.startMs()) {
      throw new IllegalArgumentException(
          "takenAtMs: "
              + sample.takenAtMs()
              + " (expected: within the chunk of "
              + id.startMs()
              + ")");
    }
    add(
        set,
        id.tier().placeOf(sample.takenAtMs()),
        agentStartMs,
        sample.sequence(),
        sample.scaled());
  }

  /** Adds everything {@code chunk} has. */
  public void add(Chunk chunk) {
    columnsOf(chunk.set());
    for (int place = 0; place < Tier.PLACES; place++) {
      int here = place;
      chunk
          .sample(place)
          .ifPresent(
              sample ->
                  add(
                      chunk.set(),
                      here,
                      chunk.agentStart(here),
                      sample.sequence(),
                      sample.scaled()));
    }
  }

  /** Returns what was gathered; the builder must not be used afterwards. */
  public Chunk build() {
    SeriesSet set = SeriesSet.of(columns.keySet());
    long[][] inOrder = new long[set.size()][];
    for (int i = 0; i < inOrder.length; i++) {
      inOrder[i] = column(set.series().get(i));
    }
    return new Chunk(id, set, agentStarts, sequences, inOrder);
  }

  private void add(SeriesSet set, int place, long agentStart, long sequence, long[] values) {
    long[][] theirs = columnsOf(set);
    if (!isNewer(set, place, agentStart, sequence, values)) {
      return;
    }
    if (agentStarts[place] != Sample.ABSENT) {
      columns.values().forEach(column -> column[place] = Sample.ABSENT);
    }
    agentStarts[place] = agentStart;
    sequences[place] = sequence;
    for (int i = 0; i < values.length; i++) {
      theirs[i][place] = values[i];
    }
  }

  /**
   * Nearly all readings of a minute have the same set, and looking columns up is most of the work.
   */
  private long[][] columnsOf(SeriesSet set) {
    if (!set.equals(lastSet)) {
      lastSet = set;
      lastColumns = new long[set.size()][];
      for (int i = 0; i < lastColumns.length; i++) {
        lastColumns[i] = column(set.series().get(i));
      }
    }
    return lastColumns;
  }

  /**
   * Readings of the same run and number are the same reading. Should a broken agent send two that
   * differ, the one with the greater values stays, so that the order of arrival still does not
   * matter.
   */
  private boolean isNewer(SeriesSet set, int place, long agentStart, long sequence, long[] values) {
    if (agentStarts[place] == Sample.ABSENT) {
      return true;
    }
    if (agentStart != agentStarts[place]) {
      return agentStart > agentStarts[place];
    }
    if (sequence != sequences[place]) {
      return sequence > sequences[place];
    }
    return compareValues(set, place, values) > 0;
  }

  private int compareValues(SeriesSet set, int place, long[] values) {
    for (Series series : SeriesSet.of(columns.keySet()).series()) {
      int index = set.indexOf(series);
      long theirs = index < 0 ? Sample.ABSENT : values[index];
      int order = Long.compare(theirs, column(series)[place]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private long[] column(Series series) {
    return columns.computeIfAbsent(series, unknown -> absent());
  }

  private static long[] absent() {
    long[] places = new long[Tier.PLACES];
    Arrays.fill(places, Sample.ABSENT);
    return places;
  }
}
