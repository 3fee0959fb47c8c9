// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WriteRoundTest {
  private final AtomicLong nowMs = new AtomicLong(Minutes.ARRIVAL.atMs());
  private final MemoryChunkStore store = new MemoryChunkStore();
  private final MemorySeriesStore series = new MemorySeriesStore();
  private final MemoryGapStore gaps = new MemoryGapStore();
  private final Outcomes outcomes = new Outcomes();
  private final HostId host = HostId.random();
  private final WritePath path =
      new WritePath(
          store, series, gaps, HistorySettings.DEFAULTS, () -> Instant.ofEpochMilli(nowMs.get()));
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

  @Test
  void whatFailsByItselfAgainAndAgainIsRefusedAndKeepsNobodyWaiting() {
    PackedChunk poison = minute(3);
    store.poison(poison.id());
    for (int i = 0; i < 8; i++) {
      offer(i);
    }

    for (int step = 0; step < 40 && !round.isIdle() || step == 0; step++) {
      round.step();
    }

    assertThat(round.isIdle()).isTrue();
    assertThat(outcomes.stored()).hasSize(7).doesNotContain(poison.id());
    assertThat(outcomes.refused()).singleElement().asString().startsWith("failed: ");
    assertThat(path.counts().pendingChunks()).isZero();
  }

  @Test
  void whatTheStoreDoesNotTakeNowKeepsNobodyElseWaiting() {
    PackedChunk late = minute(3);
    store.failing(late.id(), true);
    for (int i = 0; i < 8; i++) {
      offer(i);
    }
    round.step();
    offer(8);
    round.step();
    assertThat(outcomes.stored()).hasSize(8);
    assertThat(outcomes.refused()).isEmpty();
    assertThat(round.isIdle()).isFalse();

    store.failing(late.id(), false);
    round.step();

    assertThat(outcomes.stored()).hasSize(9).contains(late.id());
    assertThat(round.isIdle()).isTrue();
  }

  @Test
  void waitingForTheStoreMakesNoChunkTooOld() {
    offer(0);
    nowMs.addAndGet(Duration.ofDays(30).toMillis());

    round.step();

    assertThat(outcomes.stored()).hasSize(1);
    assertThat(outcomes.refused()).isEmpty();
  }

  @Test
  void onlyWhatBothClocksCallOldOrFutureIsRefused() {
    long day = Duration.ofDays(3).toMillis();
    long now = Minutes.ARRIVAL.atMs();
    offer(0, new Arrival(now + day, now));
    offer(1, new Arrival(now, now + day));
    offer(2, new Arrival(now - day, now));
    offer(3, new Arrival(now, now - day));
    offer(4, new Arrival(now + day, now + day));
    offer(5, new Arrival(now - day, now - day));

    round.step();

    assertThat(outcomes.stored()).hasSize(4);
    assertThat(path.counts().refused()).containsOnlyKeys("old", "future");
  }

  @Test
  void aStoreThatCameBackEmptyIsGivenTheSetsOfSeriesAgain() throws Exception {
    offer(0);
    round.step();
    series.empty();
    var away = new AtomicBoolean(true);
    store.before(
        () -> {
          if (away.getAndSet(false)) {
            throw MemoryChunkStore.unavailable();
          }
        });

    offer(1);
    round.step();
    round.step();

    assertThat(outcomes.stored()).hasSize(2);
    assertThat(series.find(List.of(Minutes.SMALL.hash()))).containsValue(Minutes.SMALL);
  }

  @Test
  void aSetOfSeriesIsNotBelievedToBeStoredForEver() throws Exception {
    offer(0);
    round.step();
    series.empty();
    nowMs.addAndGet(Duration.ofMinutes(11).toMillis());

    offer(1);
    round.step();

    assertThat(series.find(List.of(Minutes.SMALL.hash()))).containsValue(Minutes.SMALL);
  }

  @Test
  void gapsOfOneHostAreWrittenTogetherAndOldOnesGo() {
    long keepMs = HistorySettings.DEFAULT_KEEP.toMillis();
    LostSamples old = gap(1, nowMs.get() - keepMs - 60_000);
    LostSamples one = gap(2, Minutes.START);
    LostSamples grown = new LostSamples(2, Minutes.START - 9, one.toMs() + 9, 99, one.reason());
    for (LostSamples lost : List.of(old, one, grown, gap(3, Minutes.START))) {
      offer(lost);
    }

    round.step();

    assertThat(outcomes.stored()).hasSize(4);
    assertThat(gaps.writes()).isEqualTo(1);
    assertThat(gaps.stored(host).orElseThrow().gaps())
        .containsExactly(gap(3, Minutes.START), grown);
    assertThat(path.counts().gaps()).isEqualTo(4);
  }

  @Test
  void beyondTheBoundOfAHostItsOldestGapsGoAndAreCounted() {
    for (int i = 0; i < HostGaps.MAX_GAPS + 3; i++) {
      offer(gap(i, Minutes.START + i));
    }

    while (!outcomes.settled(HostGaps.MAX_GAPS + 3)) {
      round.step();
    }

    List<LostSamples> stored = gaps.stored(host).orElseThrow().gaps();
    assertThat(stored).hasSize(HostGaps.MAX_GAPS).doesNotContain(gap(2, Minutes.START + 2));
    assertThat(path.counts().gapsOverflown()).isEqualTo(3);
  }

  @Test
  void aGapIsNotAcknowledgedBeforeTheStoreHasIt() {
    var away = new AtomicBoolean(true);
    gaps.before(
        () -> {
          if (away.get()) {
            throw MemoryChunkStore.unavailable();
          }
        });
    offer(gap(1, Minutes.START));

    assertThat(round.step()).isPositive();
    assertThat(outcomes.stored()).isEmpty();
    away.set(false);
    round.step();

    assertThat(outcomes.stored()).hasSize(1);
  }

  @Test
  void aGapOfAFarFutureIsRefused() {
    offer(gap(1, nowMs.get() + Duration.ofDays(2).toMillis()));

    round.step();

    assertThat(outcomes.refused()).singleElement().asString().startsWith("future: ");
    assertThat(path.counts().refused()).containsOnlyKeys("gap-future");
  }

  private static LostSamples gap(long id, long from) {
    return new LostSamples(id, from, from + 30_000, 30, LostSamples.Reason.SPOOL_FULL);
  }

  private void offer(LostSamples lost) {
    ChunkId any = minute(0).id();
    assertThat(path.offer(host, lost, Minutes.ARRIVAL, outcomes.of(any))).isTrue();
  }

  private PackedChunk minute(int minute) {
    return Minutes.packed(host, Minutes.SMALL, minute * 60L, minute * 60L + 60);
  }

  private void offer(int minute) {
    offer(minute, Minutes.ARRIVAL);
  }

  private void offer(int minute, Arrival arrival) {
    PackedChunk chunk = minute(minute);
    assertThat(path.offer(chunk, Minutes.SMALL, arrival, outcomes.of(chunk.id()))).isTrue();
  }
}
