// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    var table = new Table("through", "a").row("x", "1,234").row("longer text", "5");

    assertThat(table.toString().lines())
        .containsExactly(
            "| through     |     a |",
            "| ----------- | ----: |",
            "| x           | 1,234 |",
            "| longer text |     5 |");
  }

  @Test
  void aRowWithAnotherNumberOfCellsIsRefused() {
    var table = new Table("a", "b");

    assertThatThrownBy(() -> table.row("1")).hasMessage("cells: 1 (expected: 2)");
  }

  @Test
  void figuresHaveThreeDigitsThatCount() {
    assertThat(Figures.of(0.1234)).isEqualTo("0.123");
    assertThat(Figures.of(1.234)).isEqualTo("1.23");
    assertThat(Figures.of(12.34)).isEqualTo("12.3");
    assertThat(Figures.of(123.4)).isEqualTo("123");
    assertThat(Figures.of(12345.6)).isEqualTo("12,346");
    assertThat(Figures.of(Double.NaN)).isEqualTo("-");
  }

  @Test
  void severalRoundsShowTheirEnds() {
    assertThat(Figures.of(new Rounds(List.of(3.0, 1.0, 2.0)))).isEqualTo("2.00 (1.00–3.00)");
    assertThat(Figures.of(new Rounds(List.of(3.0)))).isEqualTo("3.00");
  }
}
