// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RoundsTest {
  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(new Rounds(List.of(9.0, 1.0, 5.0)).median()).isEqualTo(5.0);
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(new Rounds(List.of(9.0, 1.0, 5.0, 6.0)).median()).isEqualTo(5.5);
  }

  @Test
  void oneRoundIsItsOwnMedianAndBothEnds() {
    var rounds = new Rounds(List.of(7.0));

    assertThat(rounds.median()).isEqualTo(7.0);
    assertThat(rounds.least()).isEqualTo(7.0);
    assertThat(rounds.greatest()).isEqualTo(7.0);
  }

  @Test
  void noRoundsAtAllAreRefused() {
    assertThatThrownBy(() -> new Rounds(List.of())).hasMessageContaining("expected: one a round");
  }

  @Test
  void aDisturbanceOfOneRoundCancelsOutOfTheRatio() {
    var mine = new Rounds(List.of(20.0, 2.0, 20.0));
    var theirs = new Rounds(List.of(10.0, 1.0, 10.0));

    assertThat(mine.ratioTo(theirs).values()).containsExactly(2.0, 2.0, 2.0);
    assertThat(mine.minus(theirs).values()).containsExactly(10.0, 1.0, 10.0);
  }

  @Test
  void roundsThatAreNoPairsAreRefused() {
    var one = new Rounds(List.of(1.0));
    var two = new Rounds(List.of(1.0, 2.0));

    assertThatThrownBy(() -> one.ratioTo(two)).hasMessage("rounds: 2 (expected: 1)");
  }

  @Property
  void theMedianLiesBetweenTheEndsAndHalfOfTheRoundsAreNotAboveIt(
      @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = -1e6, max = 1e6) Double> values) {
    var rounds = new Rounds(values);

    assertThat(rounds.median())
        .isBetween(rounds.least() - 1e-9, rounds.greatest() + 1e-9)
        .isCloseTo(rounds.median(), within(0.0));
    assertThat(values.stream().filter(value -> value <= rounds.median()).count())
        .isGreaterThanOrEqualTo(values.size() / 2);
  }
}
