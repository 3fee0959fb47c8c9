// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.Measure;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * All columns that probes have asked for. A column that was not set for {@value #KEPT_ROUNDS}
 * rounds is given up, so that the set of series follows devices that come and go, but not each time
 * one of them cannot be read. Confined to the sampling thread.
 */
public final class Columns {
  static final int KEPT_ROUNDS = 120;

  private final Map<Series, Column> columns = new HashMap<>();
  private final IdentityHashMap<Measure, Column> wholes = new IdentityHashMap<>();
  private List<Column> inOrder = List.of();
  private SeriesSet set = SeriesSet.of(List.of());
  private boolean changed;

  /** The column of the machine as a whole. */
  public Column of(Measure measure) {
    Column known = wholes.get(measure);
    if (known != null) {
      return known;
    }
    Column column = of(Series.of(measure));
    wholes.put(measure, column);
    return column;
  }

  /** The column of a part of the machine; any text will do as its name. */
  public Column of(Measure measure, String instance) {
    return of(new Series(measure, InstanceName.of(instance)));
  }

  /** Takes the values of this round, one for each series of {@link #set}. A new array each time. */
  public long[] take() {
    if (changed) {
      arrange();
    }
    long[] values = new long[inOrder.size()];
    boolean stale = false;
    for (int i = 0; i < values.length; i++) {
      Column column = inOrder.get(i);
      values[i] = column.take();
      stale |= column.unused() > KEPT_ROUNDS;
    }
    if (stale) {
      giveUpUnused();
    }
    return values;
  }

  /** The series of what {@link #take} returned last. */
  public SeriesSet set() {
    return set;
  }

  private Column of(Series series) {
    Column known = columns.get(series);
    if (known != null) {
      return known;
    }
    var column = new Column(series);
    if (columns.size() < SeriesSet.MAX_SERIES) {
      columns.put(series, column);
      changed = true;
    }
    return column;
  }

  private void arrange() {
    set = SeriesSet.of(columns.keySet());
    List<Column> ordered = new ArrayList<>(set.size());
    for (Series series : set.series()) {
      ordered.add(of(series));
    }
    inOrder = ordered;
    changed = false;
  }

  private void giveUpUnused() {
    for (Iterator<Column> all = columns.values().iterator(); all.hasNext(); ) {
      if (all.next().unused() > KEPT_ROUNDS) {
        all.remove();
        wholes.clear();
        changed = true;
      }
    }
  }
}
