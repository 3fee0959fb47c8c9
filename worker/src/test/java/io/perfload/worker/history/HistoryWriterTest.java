// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkBuilder;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryWriterTest {
  private static final Instant NOW = Instant.ofEpochMilli(Minutes.START).plusSeconds(120);

  private final MemoryChunkStore store = new MemoryChunkStore();
  private final MemorySeriesStore series = new MemorySeriesStore();
  private final Outcomes outcomes = new Outcomes();
  private final HostId host = HostId.random();
  private final List<HistoryWriter> writers = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (HistoryWriter writer : writers) {
      writer.drain(Duration.ZERO);
    }
  }

  @Test
  void aChunkIsToldStoredOnceItIsInTheStoreWithItsSet() throws Exception {
    PackedChunk chunk = minute(0);

    assertThat(offer(writer(), chunk, Minutes.SMALL)).isTrue();

    await().until(() -> outcomes.stored().equals(List.of(chunk.id())));
    assertThat(store.stored(chunk.id())).contains(chunk);
    assertThat(series.find(List.of(chunk.set()))).containsValue(Minutes.SMALL);
  }

  @Test
  void nothingIsToldBeforeTheStoreHasAnswered() throws Exception {
    var answer = new CountDownLatch(1);
    var asked = new CountDownLatch(1);
    store.after(
        () -> {
          asked.countDown();
          waitFor(answer);
        });
    offer(writer(), minute(0), Minutes.SMALL);

    asked.await();
    assertThat(outcomes.stored()).isEmpty();
    answer.countDown();

    await().until(() -> outcomes.stored().size() == 1);
  }

  @Test
  void aRepeatedChunkIsStoredOnceAndToldStoredTwice() {
    HistoryWriter writer = writer();
    offer(writer, minute(0), Minutes.SMALL);
    offer(writer, minute(0), Minutes.SMALL);

    await().until(() -> outcomes.stored().size() == 2);
    assertThat(store.size()).isEqualTo(1);
    assertThat(writer.counts().inserted()).isEqualTo(1);
    assertThat(writer.counts().repeated()).isEqualTo(1);
  }

  @Test
  void twoHalvesOfAMinuteWithDifferentSetsBecomeOne() throws Exception {
    HistoryWriter writer = writer();
    offer(writer, Minutes.packed(host, Minutes.SMALL, 0, 30), Minutes.SMALL);
    offer(writer, Minutes.packed(host, Minutes.LARGE, 25, 60), Minutes.LARGE);
    await().until(() -> outcomes.stored().size() == 2);

    PackedChunk merged = store.stored(minute(0).id()).orElseThrow();
    SeriesSet union = series.find(List.of(merged.set())).values().iterator().next();
    assertThat(Minutes.unpack(merged, union).readings()).isEqualTo(60);
    assertThat(writer.counts().merged()).isEqualTo(1);
  }

  @Test
  void aStoreThatIsAwayIsAskedAgainUntilItIsBack() {
    var away = new AtomicBoolean(true);
    store.before(() -> failIf(away));
    HistoryWriter writer = writer();
    for (int i = 0; i < 10; i++) {
      offer(writer, minute(i), Minutes.SMALL);
    }

    await().until(() -> writer.counts().failures() >= 3);
    assertThat(outcomes.stored()).isEmpty();
    assertThat(writer.counts().pendingChunks()).isEqualTo(10);
    away.set(false);

    await().until(() -> outcomes.stored().size() == 10);
    assertThat(store.size()).isEqualTo(10);
    assertThat(writer.counts().pendingChunks()).isZero();
    assertThat(writer.counts().pendingBytes()).isZero();
  }

  @Test
  void aLostAnswerMakesNoSecondChunk() {
    var lost = new AtomicInteger(3);
    store.after(
        () -> {
          if (lost.getAndDecrement() > 0) {
            throw MemoryChunkStore.unavailable();
          }
        });
    HistoryWriter writer = writer();
    for (int i = 0; i < 5; i++) {
      offer(writer, minute(i), Minutes.SMALL);
    }

    await().until(() -> outcomes.stored().size() == 5);
    assertThat(outcomes.stored()).doesNotHaveDuplicates();
    assertThat(store.size()).isEqualTo(5);
  }

  @Test
  void whileTheStoreIsSlowTheQueueFillsAndThenTakesNoMore() {
    var answer = new CountDownLatch(1);
    store.before(() -> waitFor(answer));
    HistoryWriter writer = writer(new HistorySettings(HistorySettings.DEFAULT_KEEP, 1 << 20, 3, 1));
    int taken = 0;
    while (offer(writer, minute(taken), Minutes.SMALL)) {
      taken++;
    }
    var room = new AtomicBoolean();
    writer.whenRoom(() -> room.set(true));

    assertThat(taken).isEqualTo(3);
    assertThat(writer.counts().blocked()).isEqualTo(1);
    assertThat(room).isFalse();
    answer.countDown();

    await().untilTrue(room);
    await().until(() -> outcomes.stored().size() == 3);
    assertThat(offer(writer, minute(9), Minutes.SMALL)).isTrue();
  }

  @Test
  void whatCanNeverBeStoredIsRefusedWithAReasonAndRemembered() {
    HistoryWriter writer = writer();
    long day = Duration.ofDays(1).toSeconds();
    offer(writer, Minutes.packed(host, Minutes.SMALL, -2 * day, -2 * day + 60), Minutes.SMALL);
    offer(writer, Minutes.packed(host, Minutes.SMALL, 2 * day, 2 * day + 60), Minutes.SMALL);
    offer(writer, broken(minute(0)), Minutes.SMALL);
    offer(writer, minute(0), Minutes.LARGE);
    offer(writer, empty(), Minutes.SMALL);

    await().until(() -> outcomes.refused().size() == 5);
    assertThat(writer.counts().refused())
        .containsOnlyKeys("old", "future", "undecodable", "set", "empty");
    assertThat(writer.counts().lastRefused()).hasSize(5);
    assertThat(writer.counts().pendingChunks()).isZero();
    assertThat(store.size()).isZero();
  }

  @Test
  void onlyTheNewestRefusalsAreRemembered() {
    HistoryWriter writer = writer();
    for (int i = 0; i < WriteTally.REMEMBERED + 5; i++) {
      offer(writer, broken(minute(0)), Minutes.SMALL);
    }

    await().until(() -> outcomes.refused().size() == WriteTally.REMEMBERED + 5);
    assertThat(writer.counts().lastRefused()).hasSize(WriteTally.REMEMBERED);
    assertThat(writer.counts().refusedInAll()).isEqualTo(WriteTally.REMEMBERED + 5);
  }

  @Test
  void writersThatRaceForTheSameMinuteLoseNothing() {
    List<HistoryWriter> many = List.of(writer(), writer(), writer());
    for (int second = 0; second < 60; second++) {
      PackedChunk part = Minutes.packed(host, Minutes.SMALL, second, second + 1);
      offer(many.get(second % 3), part, Minutes.SMALL);
    }

    await().until(() -> outcomes.stored().size() == 60);
    Chunk stored = Minutes.unpack(store.stored(minute(0).id()).orElseThrow(), Minutes.SMALL);
    assertThat(stored).isEqualTo(Minutes.chunk(host, Minutes.SMALL, Minutes.RUN, 0, 60));
  }

  @Test
  void aReplacementThatSomebodyElseWasFasterWithIsMadeAgainOnWhatTheyWrote() {
    PackedChunk theirs = Minutes.packed(host, Minutes.SMALL, 20, 40);
    HistoryWriter writer = writer();
    offer(writer, Minutes.packed(host, Minutes.SMALL, 0, 20), Minutes.SMALL);
    await().until(() -> outcomes.stored().size() == 1);
    var once = new AtomicBoolean();
    store.before(
        () -> {
          if (calledBy("replace") && once.compareAndSet(false, true)) {
            mergeByHand(theirs);
          }
        });

    offer(writer, Minutes.packed(host, Minutes.SMALL, 40, 60), Minutes.SMALL);

    await().until(() -> outcomes.stored().size() == 2);
    Chunk stored = Minutes.unpack(store.stored(minute(0).id()).orElseThrow(), Minutes.SMALL);
    assertThat(stored.readings()).isEqualTo(60);
    assertThat(writer.counts().races()).isEqualTo(1);
  }

  @Test
  void drainingWritesWhatIsThere() throws Exception {
    HistoryWriter writer = writer();
    for (int i = 0; i < 50; i++) {
      offer(writer, minute(i), Minutes.SMALL);
    }

    assertThat(writer.drain(Duration.ofSeconds(20))).isZero();

    assertThat(outcomes.stored()).hasSize(50);
    assertThat(offer(writer, minute(99), Minutes.SMALL)).isFalse();
  }

  @Test
  void drainingGivesUpAtItsDeadlineAndSaysWhatIsLeft() throws Exception {
    store.before(
        () -> {
          throw MemoryChunkStore.unavailable();
        });
    HistoryWriter writer = writer();
    for (int i = 0; i < 7; i++) {
      offer(writer, minute(i), Minutes.SMALL);
    }

    assertThat(writer.drain(Duration.ofMillis(50))).isEqualTo(7);
    assertThat(outcomes.stored()).isEmpty();
  }

  @Test
  void aCallerThatFailsOnItsOutcomeStopsNobody() {
    HistoryWriter writer = writer();
    writer.offer(
        minute(0),
        Minutes.SMALL,
        Minutes.ARRIVAL,
        new ChunkIntake.Outcome() {
          @Override
          public void stored() {
            throw new IllegalStateException("the session has gone");
          }

          @Override
          public void refused(String reason) {}
        });
    offer(writer, minute(1), Minutes.SMALL);

    await().until(() -> outcomes.stored().size() == 1);
    assertThat(writer.counts().pendingChunks()).isZero();
  }

  private HistoryWriter writer() {
    return writer(HistorySettings.DEFAULTS);
  }

  private HistoryWriter writer(HistorySettings settings) {
    var writer =
        new HistoryWriter(
            store,
            series,
            new MemoryGapStore(),
            settings,
            InstantSource.fixed(NOW),
            System::nanoTime,
            new Random(1));
    writers.add(writer);
    writer.start();
    return writer;
  }

  private boolean offer(HistoryWriter writer, PackedChunk chunk, SeriesSet set) {
    return writer.offer(chunk, set, Minutes.ARRIVAL, outcomes.of(chunk.id()));
  }

  private PackedChunk minute(int minute) {
    return Minutes.packed(host, Minutes.SMALL, minute * 60L, minute * 60L + 60);
  }

  private PackedChunk empty() {
    long[] nothing = new long[Tier.PLACES];
    Arrays.fill(nothing, Sample.ABSENT);
    long[][] columns = new long[Minutes.SMALL.size()][];
    Arrays.fill(columns, nothing);
    return ChunkCodec.pack(new Chunk(minute(0).id(), Minutes.SMALL, nothing, nothing, columns));
  }

  /** A whole chunk with a right checksum and a body that makes no sense. */
  private static PackedChunk broken(PackedChunk whole) {
    byte[] bytes = whole.bytes().clone();
    for (int i = 60; i < bytes.length - 4; i++) {
      bytes[i] = (byte) 0xff;
    }
    var crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
    try {
      return PackedChunk.of(bytes);
    } catch (Malformed e) {
      throw new AssertionError(e);
    }
  }

  private void mergeByHand(PackedChunk more) throws StoreUnavailable {
    store.before(() -> {});
    ChunkId id = more.id();
    var found = Optional.ofNullable(store.find(List.of(id)).get(id)).orElseThrow();
    var builder = new ChunkBuilder(id);
    builder.add(Minutes.unpack(found.chunk().orElseThrow(), Minutes.SMALL));
    builder.add(Minutes.unpack(more, Minutes.SMALL));
    store.replace(ChunkCodec.pack(builder.build()), found.rev(), Long.MAX_VALUE);
  }

  private static boolean calledBy(String method) {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals(method)));
  }

  private static void failIf(AtomicBoolean away) throws StoreUnavailable {
    if (away.get()) {
      throw MemoryChunkStore.unavailable();
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
