// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.perfload.agent.sample.Reading;
import io.perfload.common.model.Kind;
import io.perfload.common.model.Measure;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Readings whose values tell which they are. */
final class Readings {
  /** A series that all sets have. */
  static final String COMMON = "cpu.utilization";

  private static final List<SeriesSet> SETS = List.of(set(3), set(4), set(6));
  private static final int CHANGE = 40;

  private Readings() {}

  /** The reading of that origin; now and then the set changes for some time. */
  static Reading of(long agentStartMs, long sequence, long takenAtMs, SplittableRandom random) {
    boolean once = random.nextInt(200) == 0;
    long era = once ? random.nextInt(SETS.size()) : (agentStartMs / 7 + sequence / CHANGE) % 7;
    SeriesSet set = SETS.get((int) Math.max(0, era - 4) % SETS.size());
    long[] scaled = new long[set.size()];
    for (int column = 0; column < scaled.length; column++) {
      scaled[column] = value(agentStartMs, sequence, column);
    }
    return new Reading(set, agentStartMs, new Sample(takenAtMs, sequence, scaled));
  }

  private static long value(long agentStartMs, long sequence, int column) {
    long mixed = (agentStartMs * 31 + sequence * 7 + column) * 0x9E3779B97F4A7C15L;
    return column == 1 && mixed % 11 == 0 ? Sample.ABSENT : (mixed >>> 44);
  }

  private static SeriesSet set(int size) {
    List<Series> series = new ArrayList<>();
    series.add(Series.of(new Measure(COMMON, Unit.RATIO, Kind.GAUGE, 4)));
    for (int i = 1; i < size; i++) {
      series.add(
          new Series(new Measure("disk.read", Unit.BYTES_PER_SECOND, Kind.GAUGE, 0), "d" + i));
    }
    return SeriesSet.of(series);
  }
}
