// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common;

import io.perfload.common.model.Catalogue;
import io.perfload.common.model.HostFacts;
import io.perfload.common.model.HostId;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Hosts, sets and readings for tests. */
public final class TestSamples {
  public static final HostId HOST = HostId.of(0x0123456789abcdefL, 0x123456789abcdef0L);
  public static final long MINUTE = 1_800_000_000_000L;

  private TestSamples() {}

  /** A profile with two labels. */
  public static HostProfile profile() {
    var os = new HostFacts.Os("Linux", "Debian GNU/Linux", "12 (bookworm)", "amd64");
    var cpu = new HostFacts.Cpu("A fast one", 4, 8, 3_200_000_000L);
    var facts = new HostFacts(os, cpu, 16L << 30, MINUTE - 86_400_000, "0.1.0");
    return new HostProfile(
        HOST, "web-1", new TreeMap<>(Map.of("env", "prod", "site", "Zürich")), facts);
  }

  /** The catalogue, and {@code cores} cores. */
  public static SeriesSet set(int cores) {
    List<Series> series = new ArrayList<>();
    Catalogue.entries().forEach(entry -> series.add(Series.of(entry.measure())));
    for (int core = 0; core < cores; core++) {
      series.add(new Series(Catalogue.CPU_UTILIZATION, Integer.toString(core)));
    }
    return SeriesSet.of(series);
  }

  /** A reading in which some columns are quiet, some are noisy and some are absent. */
  public static Sample sample(long takenAtMs, long sequence, int columns, long seed) {
    var random = new SplittableRandom(seed);
    long[] values = new long[columns];
    for (int i = 0; i < columns; i++) {
      values[i] =
          switch (i % 4) {
            case 0 -> 1_000_000L * i;
            case 1 -> random.nextLong(10_000);
            case 2 -> sequence * 7;
            default -> random.nextInt(5) == 0 ? Sample.ABSENT : random.nextLong(-50, 50);
          };
    }
    return new Sample(takenAtMs, sequence, values);
  }
}
