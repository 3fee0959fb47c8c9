// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.wire.WorkerMessage.Ack;
import io.perfload.common.wire.WorkerMessage.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkLedgerTest {
  private final ChunkLedger ledger = new ChunkLedger(3);

  @Test
  void acknowledgesInTheOrderSentWhateverTheOrderStored() {
    long first = ledger.enter();
    long second = ledger.enter();
    long third = ledger.enter();

    ledger.stored(third);
    ledger.stored(second);
    assertThat(ledger.hasNews()).isFalse();
    assertThat(ledger.acknowledge(4)).isEqualTo(new Ack(0, List.of(), 4));

    ledger.stored(first);
    assertThat(ledger.acknowledge(4)).isEqualTo(new Ack(3, List.of(), 4));
    assertThat(ledger.hasNews()).isFalse();
    assertThat(ledger.isEmpty()).isTrue();
  }

  @Test
  void tellsRefusalsWithTheirPlace() {
    ledger.stored(ledger.enter());
    ledger.refused(ledger.enter(), "time: too old");

    assertThat(ledger.acknowledge(1))
        .isEqualTo(new Ack(2, List.of(new Refusal(1, "time: too old")), 1));
  }

  @Test
  void isFullAtItsCapacityAndCountsOnBeyondIt() {
    for (int round = 0; round < 10; round++) {
      long[] places = {ledger.enter(), ledger.enter(), ledger.enter()};
      assertThat(ledger.isFull()).isTrue();
      for (long place : places) {
        ledger.stored(place);
      }
      assertThat(ledger.acknowledge(3)).isEqualTo(new Ack(3L * (round + 1), List.of(), 3));
      assertThat(ledger.isFull()).isFalse();
    }
  }
}
