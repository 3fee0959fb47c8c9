// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perfload.common.TestSamples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesSetTest {
  @Test
  void theOrderAndRepetitionOfADeclarationDoNotMatter() {
    SeriesSet set = TestSamples.set(8);
    List<Series> shuffled = new ArrayList<>(set.series());
    shuffled.addAll(set.series());
    Collections.shuffle(shuffled, new Random(1));

    assertThat(SeriesSet.of(shuffled)).isEqualTo(set);
    assertThat(SeriesSet.of(shuffled).hash()).isEqualTo(set.hash());
  }

  @Test
  void theHashIsTheOneOfTheProtocolDocument() {
    SeriesSet set =
        SeriesSet.of(
            List.of(
                Series.of(Catalogue.CPU_UTILIZATION), new Series(Catalogue.CPU_UTILIZATION, "0")));

    assertThat(set.hash()).hasToString("6aba203fe96e9fb509de5b4f7edce9a3");
  }

  @Test
  void aSeriesIsFoundInItsColumn() {
    SeriesSet set = TestSamples.set(2);

    for (int column = 0; column < set.size(); column++) {
      assertThat(set.indexOf(set.series().get(column))).isEqualTo(column);
    }
    assertThat(set.indexOf(new Series(Catalogue.CPU_UTILIZATION, "7"))).isNegative();
  }

  @Test
  void moreSeriesThanAHostMayHaveAreRefused() {
    assertThatThrownBy(() -> TestSamples.set(SeriesSet.MAX_SERIES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: at most 4096");
  }
}
