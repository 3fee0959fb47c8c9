// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static io.perfload.worker.history.ChunkStore.Insertion.STORED;
import static io.perfload.worker.history.ChunkStore.Insertion.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every keeper of chunks promises. */
public abstract class ChunkStoreContract {
  private static final long LATER = Minutes.START + 86_400_000L;

  private final HostId host = HostId.random();

  /** The same store in every call of one test. */
  protected abstract ChunkStore store();

  @Test
  void aChunkIsFoundWithTheBytesItWasStoredWith() throws Exception {
    PackedChunk chunk = minute(0);

    assertThat(store().insert(List.of(chunk), LATER)).containsExactly(STORED);

    Map<ChunkId, ChunkStore.Found> found = store().find(List.of(chunk.id()));
    assertThat(found).containsOnlyKeys(chunk.id());
    assertThat(bytes(found, chunk.id())).isEqualTo(chunk.bytes());
  }

  @Test
  void anIdThatIsNotThereIsNotInTheAnswer() throws Exception {
    assertThat(store().find(List.of(minute(3).id()))).isEmpty();
    assertThat(store().find(List.of())).isEmpty();
  }

  @Test
  void whatIsTakenStaysAndTheRestOfTheBatchIsStored() throws Exception {
    store().insert(List.of(minute(1)), LATER);
    PackedChunk other = Minutes.packed(host, Minutes.LARGE, 60, 90);

    List<ChunkStore.Insertion> outcome =
        store().insert(List.of(minute(0), other, minute(2)), LATER);

    assertThat(outcome).containsExactly(STORED, TAKEN, STORED);
    Map<ChunkId, ChunkStore.Found> found =
        store().find(List.of(minute(0).id(), minute(1).id(), minute(2).id()));
    assertThat(found).hasSize(3);
    assertThat(bytes(found, other.id())).isEqualTo(minute(1).bytes());
  }

  @Test
  void theSameIdTwiceInABatchIsStoredOnce() throws Exception {
    List<ChunkStore.Insertion> outcome = store().insert(List.of(minute(0), minute(0)), LATER);

    assertThat(outcome).containsExactlyInAnyOrder(STORED, TAKEN);
  }

  @Test
  void anEmptyBatchIsFine() throws Exception {
    assertThat(store().insert(List.of(), LATER)).isEmpty();
  }

  @Test
  void aFullBatchGoesInAndComesOutAgain() throws Exception {
    List<PackedChunk> batch = new ArrayList<>();
    for (int i = 0; i < ChunkStore.MAX_BATCH; i++) {
      batch.add(minute(i));
    }

    assertThat(store().insert(batch, LATER)).hasSize(batch.size()).containsOnly(STORED);

    assertThat(store().find(batch.stream().map(PackedChunk::id).toList())).hasSize(batch.size());
    assertThat(store().insert(batch, LATER)).hasSize(batch.size()).containsOnly(TAKEN);
  }

  @Test
  void aReplacementNamesTheRevisionItSaw() throws Exception {
    PackedChunk first = Minutes.packed(host, Minutes.SMALL, 0, 30);
    PackedChunk second = Minutes.packed(host, Minutes.LARGE, 0, 60);
    store().insert(List.of(first), LATER);
    long rev = rev(first.id());

    assertThat(store().replace(second, rev, LATER)).isTrue();
    assertThat(store().replace(first, rev, LATER)).isFalse();

    assertThat(bytes(store().find(Set.of(first.id())), first.id())).isEqualTo(second.bytes());
    assertThat(rev(first.id())).isGreaterThan(rev);
  }

  @Test
  void nothingIsReplacedWhereNothingIs() throws Exception {
    assertThat(store().replace(minute(0), 0, LATER)).isFalse();
    assertThat(store().find(Set.of(minute(0).id()))).isEmpty();
  }

  @Test
  void ofManyWhoReplaceTheSameRevisionOneSucceeds() throws Exception {
    PackedChunk first = Minutes.packed(host, Minutes.SMALL, 0, 30);
    PackedChunk second = Minutes.packed(host, Minutes.LARGE, 0, 60);
    store().insert(List.of(first), LATER);
    for (int round = 0; round < 20; round++) {
      long rev = rev(first.id());

      List<Boolean> outcomes = atOnce(4, () -> store().replace(second, rev, LATER));

      assertThat(outcomes.stream().filter(done -> done)).hasSize(1);
      assertThat(rev(first.id())).isEqualTo(rev + 1);
    }
  }

  @Test
  void ofManyWhoInsertTheSameIdOneSucceeds() throws Exception {
    for (int i = 0; i < 20; i++) {
      PackedChunk chunk = minute(i);

      List<List<ChunkStore.Insertion>> outcomes =
          atOnce(4, () -> store().insert(List.of(chunk), LATER));

      assertThat(outcomes.stream().filter(List.of(STORED)::equals)).hasSize(1);
    }
  }

  @Test
  void onlyWhatExpiredIsDeletedAndOnlyWhatWasNamed() throws Exception {
    store().insert(List.of(minute(0), minute(1)), Minutes.START + 1_000);
    store().insert(List.of(minute(2)), Minutes.START + 9_000);

    long gone =
        store().deleteExpired(List.of(minute(0).id(), minute(2).id()), Minutes.START + 5_000);

    assertThat(gone).isEqualTo(1);
    assertThat(store().find(List.of(minute(0).id(), minute(1).id(), minute(2).id())))
        .containsOnlyKeys(minute(1).id(), minute(2).id());
  }

  @Test
  void aStretchOfTimeIsClaimedByOne() throws Exception {
    assertThat(store().sweptUntil()).isEmpty();

    assertThat(store().claimSweep(OptionalLong.empty(), Minutes.START)).isTrue();
    assertThat(store().claimSweep(OptionalLong.empty(), Minutes.START)).isFalse();
    OptionalLong mark = store().sweptUntil();
    assertThat(mark).hasValue(Minutes.START);
    assertThat(store().claimSweep(mark, Minutes.START + 60_000)).isTrue();
    assertThat(store().claimSweep(mark, Minutes.START + 60_000)).isFalse();

    assertThat(store().sweptUntil()).hasValue(Minutes.START + 60_000);
  }

  private PackedChunk minute(int minute) {
    return Minutes.packed(host, Minutes.SMALL, minute * 60L, minute * 60L + 60);
  }

  private long rev(ChunkId id) throws StoreUnavailable {
    return found(store().find(Set.of(id)), id).rev();
  }

  private static byte[] bytes(Map<ChunkId, ChunkStore.Found> all, ChunkId id) {
    return found(all, id).chunk().orElseThrow().bytes();
  }

  private static ChunkStore.Found found(Map<ChunkId, ChunkStore.Found> all, ChunkId id) {
    return Optional.ofNullable(all.get(id)).orElseThrow();
  }

  private static <T> List<T> atOnce(int threads, Callable<T> call) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<T> outcomes = new ArrayList<>();
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        calls.add(call);
      }
      for (Future<T> outcome : pool.invokeAll(calls)) {
        outcomes.add(outcome.get());
      }
      return outcomes;
    } finally {
      pool.shutdownNow();
    }
  }
}
