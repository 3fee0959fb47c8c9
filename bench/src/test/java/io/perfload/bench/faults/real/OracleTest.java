// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OracleTest {
  private static final HostId HOST = HostId.of(1, 2);
  private static final long RUN = 1_000_000;

  private final Oracle oracle = new Oracle();

  @Test
  void whatIsStoredAsItWasMadeIsClean() {
    oracle.made(reading(0));
    oracle.acknowledged(reading(0));
    oracle.stored(reading(0));

    assertThat(oracle.judge().isClean()).isTrue();
    assertThat(oracle.judge().stored()).isEqualTo(1);
  }

  @Test
  void aReadingThatIsMissingIsLost() {
    oracle.made(reading(0));
    oracle.made(reading(1));
    oracle.stored(reading(0));

    Verdict verdict = oracle.judge();

    assertThat(verdict.lost()).isEqualTo(1);
    assertThat(verdict.isClean()).isFalse();
    assertThat(verdict.examples()).singleElement().asString().contains("missing", "#1");
  }

  @Test
  void nothingExcusesTheLossOfWhatWasAcknowledged() {
    oracle.made(reading(0));
    oracle.acknowledged(reading(0));
    oracle.mayBeTaken(reading(0));
    oracle.gap(HOST, gap(0, 1));

    assertThat(oracle.judge().lostAcknowledged()).isEqualTo(1);
    assertThat(oracle.judge().isClean()).isFalse();
  }

  @Test
  void aGapExcusesWhatItCoversAndNoMore() {
    oracle.made(reading(0));
    oracle.made(reading(1));
    oracle.gap(HOST, gap(0, 1));

    Verdict verdict = oracle.judge();

    assertThat(verdict.inGaps()).isEqualTo(1);
    assertThat(verdict.lost()).isEqualTo(1);
  }

  @Test
  void aReadingWithOtherValuesIsForeign() {
    oracle.made(reading(0));
    oracle.stored(new Made(HOST, RUN, 0, 0, Map.of("cpu.utilization", 8L)));

    assertThat(oracle.judge().foreign()).isEqualTo(1);
  }

  @Test
  void aSecondThatNobodyMadeIsForeign() {
    oracle.stored(reading(0));

    assertThat(oracle.judge().foreign()).isEqualTo(1);
  }

  @Test
  void aSecondThatIsStoredTwiceIsTold() {
    oracle.made(reading(0));
    oracle.stored(reading(0));
    oracle.stored(reading(0));

    assertThat(oracle.judge().twice()).isEqualTo(1);
  }

  @Test
  void aNewerReadingOfASecondKeepsTheOlderOne() {
    var newer = new Made(HOST, RUN + 5, 0, 300, Map.of("cpu.utilization", 9L));
    oracle.made(reading(0));
    oracle.made(newer);
    oracle.stored(newer);

    assertThat(oracle.judge().isClean()).isTrue();
    assertThat(oracle.judge().superseded()).isEqualTo(1);
  }

  @Test
  void anOlderReadingInThePlaceOfANewerOneIsALoss() {
    oracle.made(reading(0));
    oracle.made(new Made(HOST, RUN + 5, 0, 300, Map.of("cpu.utilization", 9L)));
    oracle.stored(reading(0));

    assertThat(oracle.judge().lost()).isEqualTo(1);
  }

  @Test
  void whatWasOnItsWayAtAKillMayBeMissingAtTheEndOfItsRunOnly() {
    for (int i = 0; i < 4; i++) {
      oracle.made(reading(i));
    }
    oracle.mayBeTaken(reading(1));
    oracle.mayBeTaken(reading(2));
    oracle.mayBeTaken(reading(3));
    oracle.stored(reading(0));
    oracle.stored(reading(2));

    Verdict verdict = oracle.judge();

    assertThat(verdict.taken()).isEqualTo(1);
    assertThat(verdict.lost()).isEqualTo(1);
  }

  @Test
  void settledIsWhatIsAcknowledgedOrInAGap() {
    oracle.made(reading(0));
    oracle.made(reading(1));

    assertThat(oracle.unsettled()).isEqualTo(2);
    oracle.acknowledged(reading(0));
    assertThat(oracle.unsettled()).isEqualTo(1);
    oracle.gap(HOST, gap(1, 2));
    assertThat(oracle.unsettled()).isZero();
  }

  private static Made reading(int second) {
    return new Made(HOST, RUN, second, second * 1_000L, Map.of("cpu.utilization", 7L));
  }

  private static LostSamples gap(int from, int to) {
    return new LostSamples(1, from * 1_000L, to * 1_000L, to - from, LostSamples.Reason.DAMAGED);
  }
}
