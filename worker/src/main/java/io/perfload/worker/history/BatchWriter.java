// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkBuilder;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import io.perfload.worker.history.ChunkStore.Found;
import io.perfload.worker.history.ChunkStore.Insertion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Brings chunks into the store: insert, and where the id is taken, compare and merge. Every step
 * may be repeated after any failure. Stateless but for its caches and counters; any thread.
 */
final class BatchWriter {
  private static final int MAX_RACES = 8;

  private final ChunkStore chunks;
  private final KnownSets sets;
  private final Duration keep;
  private final InstantSource clock;
  private final WriteTally tally;

  BatchWriter(
      ChunkStore chunks, KnownSets sets, Duration keep, InstantSource clock, WriteTally tally) {
    this.chunks = chunks;
    this.sets = sets;
    this.keep = keep;
    this.clock = clock;
    this.tally = tally;
  }

  /**
   * Tries once to store all of {@code batch}, at most {@link ChunkStore#MAX_BATCH}.
   *
   * @param settled told of every chunk the store has acknowledged or refused for ever; those it is
   *     not told of have to be tried again
   * @throws StoreUnavailable if the store is away; those it was told of before are settled
   */
  void write(List<PendingChunk> batch, BiConsumer<PendingChunk, Settlement> settled)
      throws StoreUnavailable {
    try {
      sets.ensureStored(batch.stream().map(PendingChunk::set).toList(), clock.millis());
      List<PendingChunk> taken = inserted(batch, settled);
      if (!taken.isEmpty()) {
        reconcile(taken, settled);
      }
    } catch (StoreUnavailable e) {
      sets.doubt();
      throw e;
    }
  }

  /** Returns those whose id is taken. */
  private List<PendingChunk> inserted(
      List<PendingChunk> batch, BiConsumer<PendingChunk, Settlement> settled)
      throws StoreUnavailable {
    List<Insertion> insertions =
        chunks.insert(batch.stream().map(PendingChunk::chunk).toList(), expiry(batch));
    List<PendingChunk> taken = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      switch (insertions.get(i)) {
        case STORED -> settled.accept(batch.get(i), Settlement.INSERTED);
        case REJECTED -> settled.accept(batch.get(i), Settlement.REJECTED);
        case TAKEN -> taken.add(batch.get(i));
        case FAILED -> tally.failures.increment();
      }
    }
    return taken;
  }

  private void reconcile(List<PendingChunk> taken, BiConsumer<PendingChunk, Settlement> settled)
      throws StoreUnavailable {
    Set<ChunkId> ids = new HashSet<>();
    taken.forEach(pending -> ids.add(pending.chunk().id()));
    Map<ChunkId, Found> found = chunks.find(ids);
    for (PendingChunk pending : taken) {
      reconcile(pending, Optional.ofNullable(found.get(pending.chunk().id())))
          .ifPresent(settlement -> settled.accept(pending, settlement));
    }
  }

  /** Returns nothing if the stored chunk went, or others were faster again and again. */
  private Optional<Settlement> reconcile(PendingChunk pending, Optional<Found> first)
      throws StoreUnavailable {
    Optional<Found> found = first;
    for (int race = 0; race < MAX_RACES && found.isPresent(); race++) {
      Optional<Settlement> settlement = unite(pending, found.orElseThrow());
      if (settlement.isPresent()) {
        return settlement;
      }
      tally.races.increment();
      ChunkId id = pending.chunk().id();
      found = Optional.ofNullable(chunks.find(Set.of(id)).get(id));
    }
    return Optional.empty();
  }

  /** Returns nothing if another revision is stored by now. */
  private Optional<Settlement> unite(PendingChunk pending, Found found) throws StoreUnavailable {
    if (found.chunk().filter(stored -> sameBytes(stored, pending.chunk())).isPresent()) {
      return Optional.of(Settlement.REPEATED);
    }
    Chunk ours = unpacked(pending.chunk(), pending.set()).orElseThrow();
    Optional<Chunk> theirs = unpacked(found);
    if (theirs.isEmpty()) {
      return replaceUnreadable(pending, found.rev());
    }
    if (seriesInAll(ours.set(), theirs.orElseThrow().set()) > SeriesSet.MAX_SERIES) {
      return Optional.of(Settlement.TOO_MANY_SERIES);
    }
    var builder = new ChunkBuilder(ours.id());
    builder.add(theirs.orElseThrow());
    builder.add(ours);
    Chunk union = builder.build();
    if (union.equals(theirs.orElseThrow())) {
      return Optional.of(Settlement.REPEATED);
    }
    sets.ensureStored(List.of(union.set()), clock.millis());
    PackedChunk packed = union.equals(ours) ? pending.chunk() : ChunkCodec.pack(union);
    return replaced(pending, packed, found.rev());
  }

  private Optional<Settlement> replaceUnreadable(PendingChunk pending, long rev)
      throws StoreUnavailable {
    Optional<Settlement> settlement = replaced(pending, pending.chunk(), rev);
    settlement.ifPresent(done -> tally.unreadable.increment());
    return settlement;
  }

  private Optional<Settlement> replaced(PendingChunk pending, PackedChunk chunk, long rev)
      throws StoreUnavailable {
    return chunks.replace(chunk, rev, expiry(List.of(pending)))
        ? Optional.of(Settlement.MERGED)
        : Optional.empty();
  }

  private Optional<Chunk> unpacked(Found found) throws StoreUnavailable {
    if (found.chunk().isEmpty()) {
      return Optional.empty();
    }
    PackedChunk chunk = found.chunk().orElseThrow();
    SeriesSet set = sets.find(Set.of(chunk.set())).get(chunk.set());
    return set == null ? Optional.empty() : unpacked(chunk, set);
  }

  private static Optional<Chunk> unpacked(PackedChunk chunk, SeriesSet set) {
    try {
      return Optional.of(ChunkCodec.unpack(chunk, set));
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  private static boolean sameBytes(PackedChunk one, PackedChunk other) {
    return Arrays.equals(one.bytes(), other.bytes());
  }

  private static int seriesInAll(SeriesSet one, SeriesSet other) {
    Set<Series> all = new HashSet<>(one.series());
    all.addAll(other.series());
    return all.size();
  }

  /** Kept as long as promised by every clock that has a say: a store deletes by one of its own. */
  private long expiry(List<PendingChunk> batch) {
    long latest = batch.stream().mapToLong(pending -> pending.arrival().latestMs()).max().orElse(0);
    return Math.max(latest, clock.millis()) + keep.toMillis();
  }
}
