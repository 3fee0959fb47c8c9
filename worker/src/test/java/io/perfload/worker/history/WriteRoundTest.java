// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WriteRoundTest {
  private final MemoryChunkStore store = new MemoryChunkStore();
  private final Outcomes outcomes = new Outcomes();
  private final HostId host = HostId.random();
  private final WritePath path =
      new WritePath(
          store,
          new MemorySeriesStore(),
          HistorySettings.DEFAULTS,
          InstantSource.fixed(Instant.ofEpochMilli(Minutes.START + 120_000)));
  private final WriteRound round = path.round(new Random(1));

  @Test
  void aStepWithoutWorkRestsAndAsksNobody() {
    assertThat(round.step()).isPositive();

    assertThat(round.isIdle()).isTrue();
    assertThat(store.calls()).isZero();
  }

  @Test
  void aStepStoresWhatWasOfferedAndTheNextMayComeAtOnce() {
    offer(0);
    offer(1);

    assertThat(round.step()).isZero();

    assertThat(outcomes.stored()).hasSize(2);
    assertThat(store.size()).isEqualTo(2);
  }

  @Test
  void aStepTriesOnceAndKeepsItsBatchWithLongerAndLongerPauses() {
    var away = new AtomicBoolean(true);
    store.before(
        () -> {
          if (away.get()) {
            throw MemoryChunkStore.unavailable();
          }
        });
    offer(0);

    assertThat(round.step()).isBetween(50L, 100L);
    assertThat(round.isIdle()).isFalse();
    assertThat(round.step()).isBetween(100L, 200L);
    for (int again = 0; again < 10; again++) {
      assertThat(round.step()).isBetween(50L, 5_000L);
    }
    away.set(false);

    assertThat(round.step()).isZero();
    assertThat(round.isIdle()).isTrue();
    assertThat(outcomes.stored()).hasSize(1);
    away.set(true);
    offer(1);
    assertThat(round.step()).isBetween(50L, 100L);
  }

  private void offer(int minute) {
    PackedChunk chunk = Minutes.packed(host, Minutes.SMALL, minute * 60L, minute * 60L + 60);
    assertThat(path.offer(chunk, Minutes.SMALL, outcomes.of(chunk.id()))).isTrue();
  }
}
