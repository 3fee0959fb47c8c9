// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChunkSpoolTest {
  private final ChunkSpool spool = new ChunkSpool();

  @Test
  void minutesAreSentOldestFirstWithinTheCredit() {
    spool.add(60);
    spool.add(120);
    spool.add(180);

    assertThat(spool.next()).isEqualTo(60);
    spool.send();
    assertThat(spool.next()).isEqualTo(120);
    spool.send();
    assertThat(spool.hasNext(2)).isFalse();
    assertThat(spool.hasNext(3)).isTrue();
  }

  @Test
  void acknowledgementsAreCumulative() {
    spool.add(60);
    spool.add(120);
    spool.send();
    spool.send();

    assertThat(spool.acknowledge(1)).isEqualTo(1);
    assertThat(spool.acknowledge(1)).isZero();
    assertThat(spool.acknowledge(2)).isEqualTo(1);
    assertThat(spool.size()).isZero();
  }

  @Test
  void aNewConnectionSendsAgainWhatWasNotAcknowledged() {
    spool.add(60);
    spool.add(120);
    spool.send();
    spool.send();
    spool.acknowledge(1);

    spool.reconnected();

    assertThat(spool.next()).isEqualTo(120);
    spool.send();
    assertThat(spool.acknowledge(1)).isEqualTo(1);
  }

  @Test
  void anAcknowledgementOfWhatWasNeverSentTakesNothingAway() {
    spool.add(60);

    assertThat(spool.acknowledge(1)).isZero();
    assertThat(spool.size()).isEqualTo(1);
  }

  @Test
  void aFullSpoolLosesTheOldestThatIsNotOnItsWay() {
    for (int minute = 0; minute < ChunkSpool.CAPACITY; minute++) {
      assertThat(spool.add(minute)).isFalse();
    }
    spool.send();

    assertThat(spool.add(ChunkSpool.CAPACITY)).isTrue();

    assertThat(spool.size()).isEqualTo(ChunkSpool.CAPACITY);
    assertThat(spool.next()).isEqualTo(2);
    assertThat(spool.acknowledge(1)).isEqualTo(1);
  }

  @Test
  void moreThanHalfIsNeverOnItsWayWhateverTheCredit() {
    for (int minute = 0; minute < ChunkSpool.CAPACITY; minute++) {
      spool.add(minute);
    }
    int sent = 0;
    while (spool.hasNext(Integer.MAX_VALUE)) {
      spool.send();
      sent++;
    }

    assertThat(sent).isEqualTo(ChunkSpool.CAPACITY / 2);
  }
}
