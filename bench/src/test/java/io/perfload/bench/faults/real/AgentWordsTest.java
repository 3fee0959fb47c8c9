// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.agent.sample.Reading;
import io.perfload.common.model.Catalogue;
import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentWordsTest {
  private static final HostId HOST = HostId.of(3, 4);
  private static final SeriesSet SET =
      SeriesSet.of(
          List.of(Series.of(Catalogue.CPU_UTILIZATION), new Series(Catalogue.DISK_READ, "disk1")));

  @Test
  void aReadingIsToldWithoutTheValuesItLacks() {
    var sample = new Sample(120_345, 17, new long[] {Sample.ABSENT, 99});

    String line = AgentWords.made(HOST, new Reading(SET, 100_000, sample));
    Made made = AgentWords.made(line).orElseThrow();

    assertThat(made).isEqualTo(new Made(HOST, 100_000, 17, 120_345, Map.of()));
    assertThat(made.takenAtMs()).isEqualTo(120_345);
    assertThat(made.second()).isEqualTo(120_000);
    assertThat(made.values()).containsExactly(Map.entry("disk.read:disk1", 99L));
  }

  @Test
  void otherLinesAreNoReadings() {
    assertThat(AgentWords.made(AgentWords.READY)).isEmpty();
    assertThat(AgentWords.made("made 00000000-0000-0003")).isEmpty();
  }
}
