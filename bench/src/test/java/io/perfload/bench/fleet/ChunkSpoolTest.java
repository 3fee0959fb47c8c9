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
    send();
    assertThat(spool.next()).isEqualTo(120);
    send();
    assertThat(spool.hasNext(2)).isFalse();
    assertThat(spool.hasNext(3)).isTrue();
  }

  @Test
  void acknowledgementsAreCumulative() {
    spool.add(60);
    spool.add(120);
    send();
    send();

    assertThat(spool.acknowledge(1)).isEqualTo(1);
    assertThat(spool.acknowledge(1)).isZero();
    assertThat(spool.acknowledge(2)).isEqualTo(1);
    assertThat(spool.size()).isZero();
  }

  @Test
  void aNewConnectionSendsAgainWhatWasNotAcknowledged() {
    spool.add(60);
    spool.add(120);
    send();
    send();
    spool.acknowledge(1);

    spool.reconnected();

    assertThat(spool.next()).isEqualTo(120);
    send();
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
    send();

    assertThat(spool.add(ChunkSpool.CAPACITY)).isTrue();

    assertThat(spool.size()).isEqualTo(ChunkSpool.CAPACITY);
    assertThat(spool.next()).isEqualTo(2);
    assertThat(spool.acknowledge(1)).isEqualTo(1);
  }

  @Test
  void noMoreThanItsBoundIsOnItsWayWhateverTheCredit() {
    for (int minute = 0; minute < ChunkSpool.CAPACITY; minute++) {
      spool.add(minute);
    }
    int sent = 0;
    while (spool.hasNext(Integer.MAX_VALUE)) {
      send();
      sent++;
    }

    assertThat(sent).isEqualTo(ChunkSpool.MAX_SENT);
  }

  @Test
  void aMinuteIsSealedOnceAndSentAgainWithTheSameBytes() {
    spool.add(60);
    spool.add(120);
    assertThat(spool.isNextSealed()).isFalse();
    spool.seal(new byte[] {1});
    assertThat(spool.oldestOpen()).isEqualTo(120);
    assertThat(spool.send()).containsExactly(1);
    assertThat(spool.isNextSealed()).isFalse();

    spool.reconnected();

    assertThat(spool.isNextSealed()).isTrue();
    assertThat(spool.send()).containsExactly(1);
    assertThat(spool.acknowledge(1)).isEqualTo(1);
    assertThat(spool.isNextSealed()).isFalse();
    assertThat(spool.oldestOpen()).isEqualTo(120);
  }

  @Test
  void aFullSpoolKeepsTheBytesOfEachMinuteWithIt() {
    for (int minute = 0; minute < ChunkSpool.CAPACITY; minute++) {
      spool.add(minute);
      spool.seal(new byte[] {(byte) minute});
    }
    spool.send();

    spool.add(ChunkSpool.CAPACITY);

    assertThat(spool.next()).isEqualTo(2);
    assertThat(spool.send()).containsExactly(2);
    assertThat(spool.before(3)).isEqualTo(2);
    assertThat(spool.oldestOpen()).isEqualTo(ChunkSpool.CAPACITY);
  }

  private void send() {
    while (!spool.isNextSealed()) {
      spool.seal(new byte[0]);
    }
    spool.send();
  }
}
