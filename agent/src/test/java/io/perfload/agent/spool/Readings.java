// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.agent.sample.Reading;
import io.perfload.common.model.Catalogue;
import io.perfload.common.model.HostId;
import io.perfload.common.model.Measure;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import java.util.List;

/** Readings for tests: one a second from the beginning of a minute. */
public final class Readings {
  public static final HostId HOST = HostId.of(0x1234, 0x5678);
  public static final long MINUTE = 60_000L * 29_000_000;
  public static final long START = MINUTE - 5_000;

  private Readings() {}

  public static SeriesSet set(Measure... measures) {
    return SeriesSet.of(List.of(measures).stream().map(Series::of).toList());
  }

  /** The reading of a second after {@link #MINUTE}. */
  public static Reading at(int second) {
    return at(second, set(Catalogue.LOAD_1M, Catalogue.UPTIME));
  }

  public static Reading at(int second, SeriesSet set) {
    long[] values = new long[set.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = second * 31L + i;
    }
    return new Reading(set, START, new Sample(MINUTE + second * 1000L, second, values));
  }
}
