// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndingTest {
  private static final Duration WITHIN = Duration.ofSeconds(5);

  private long now;
  private final Ending ending = new Ending(() -> now, time -> now += time.toNanos());

  @Test
  void whoEndsByItselfIsNotWaitedForAnyLonger() {
    var outcome = ending.end(List.of(FakeChild.obedient(1), FakeChild.obedient(2)), WITHIN);

    assertThat(outcome).isEqualTo(new Ending.Outcome(List.of(), List.of()));
    assertThat(now).isZero();
  }

  @Test
  void whoDoesNotIsKilledAtTheDeadline() {
    var outcome = ending.end(List.of(FakeChild.obedient(1), FakeChild.deaf(2)), WITHIN);

    assertThat(outcome).isEqualTo(new Ending.Outcome(List.of(2L), List.of()));
    assertThat(Duration.ofNanos(now)).isBetween(WITHIN, WITHIN.plusMillis(50));
  }

  @Test
  void whoCannotBeKilledIsReported() {
    var outcome = ending.end(List.of(FakeChild.immortal(3)), WITHIN);

    assertThat(outcome.left()).containsExactly(3L);
    assertThat(Duration.ofNanos(now)).isLessThan(WITHIN.plusSeconds(4));
  }

  @Test
  void nobodyToEndTakesNoTime() {
    assertThat(ending.end(List.of(), WITHIN).left()).isEmpty();
    assertThat(now).isZero();
  }
}
