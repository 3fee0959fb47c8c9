// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasureTest {
  @Test
  void aValueComesBackAtItsHonestPrecision() {
    Measure ratio = Catalogue.CPU_UTILIZATION;

    assertThat(ratio.unscale(ratio.scale(0.123449))).isEqualTo(0.1234);
    assertThat(ratio.unscale(ratio.scale(1))).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300})
  void whatIsNoExactNumberIsAbsent(double value) {
    Measure bytes = Catalogue.MEMORY_USED;

    assertThat(bytes.scale(value)).isEqualTo(Sample.ABSENT);
    assertThat(bytes.unscale(Sample.ABSENT)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Cpu", "cpu.", ".cpu", "cpu user", "cpu:0"})
  void aNameThatIsNotDottedLowerCaseWordsIsRefused(String name) {
    assertThatThrownBy(() -> new Measure(name, Unit.ONE, Kind.GAUGE, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyMeasureOfTheCatalogueIsThereOnce() {
    assertThat(Catalogue.entries())
        .extracting(entry -> entry.measure().name())
        .doesNotHaveDuplicates();
  }
}
