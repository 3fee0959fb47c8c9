// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.perfload.bench.faults.simulated.SimulatedStore.Documents.Version;
import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.worker.history.ChunkStore;
import io.perfload.worker.history.GapStore;
import io.perfload.worker.history.HostGaps;
import io.perfload.worker.history.SeriesStore;
import io.perfload.worker.history.StoreUnavailable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The store as one worker calls it. One thread. */
final class StoreSession {
  private final World world;
  private final SimulatedStore store;
  private final Life life;

  StoreSession(World world, SimulatedStore store, Life life) {
    this.world = world;
    this.store = store;
    this.life = life;
  }

  ChunkStore chunks() {
    return new Chunks();
  }

  SeriesStore series() {
    return new Sets();
  }

  GapStore gaps() {
    return new Gaps();
  }

  private final class Chunks implements ChunkStore {
    @Override
    public List<Insertion> insert(List<PackedChunk> chunks, long expiresAtMs)
        throws StoreUnavailable {
      List<Runnable> commits = new ArrayList<>();
      return store.call(
          life,
          () -> chunks.stream().map(chunk -> insert(chunk, commits)).toList(),
          () -> commits.forEach(Runnable::run));
    }

    private Insertion insert(PackedChunk chunk, List<Runnable> commits) {
      Optional<Version<PackedChunk>> newest = store.chunks.newest(chunk.id());
      if (newest.isPresent() && world.plant != Plant.OVERWRITE) {
        return Insertion.TAKEN;
      }
      Version<PackedChunk> version = store.chunks.put(chunk.id(), 0, chunk);
      commits.add(() -> store.chunks.commit(chunk.id(), version));
      world.event("store", "insert", chunk.id().startMs());
      return Insertion.STORED;
    }

    @Override
    public Map<ChunkId, ChunkStore.Found> find(Collection<ChunkId> ids) throws StoreUnavailable {
      return store.call(
          life,
          () -> {
            Map<ChunkId, ChunkStore.Found> found = new LinkedHashMap<>();
            ids.forEach(
                id ->
                    store
                        .chunks
                        .find(id)
                        .ifPresent(
                            one ->
                                found.put(
                                    id,
                                    new ChunkStore.Found(one.rev(), Optional.of(one.value())))));
            return found;
          },
          () -> {});
    }

    @Override
    public boolean replace(PackedChunk chunk, long rev, long expiresAtMs) throws StoreUnavailable {
      List<Runnable> commits = new ArrayList<>();
      return store.call(
          life, () -> replace(chunk, rev, commits), () -> commits.forEach(Runnable::run));
    }

    private boolean replace(PackedChunk chunk, long rev, List<Runnable> commits) {
      Optional<Version<PackedChunk>> newest = store.chunks.newest(chunk.id());
      boolean same = newest.isPresent() && newest.get().rev() == rev;
      if (!same && world.plant != Plant.LOST_MERGE) {
        world.sightings.races++;
        return false;
      }
      Version<PackedChunk> version = store.chunks.put(chunk.id(), rev + 1, chunk);
      commits.add(() -> store.chunks.commit(chunk.id(), version));
      world.sightings.merges++;
      world.event("store", "replace", chunk.id().startMs());
      return true;
    }

    @Override
    public long deleteExpired(Collection<ChunkId> ids, long nowMs) {
      return 0;
    }

    @Override
    public OptionalLong sweptUntil() {
      return OptionalLong.empty();
    }

    @Override
    public boolean claimSweep(OptionalLong from, long to) {
      return false;
    }
  }

  private final class Sets implements SeriesStore {
    @Override
    public void save(Collection<SeriesSet> sets) throws StoreUnavailable {
      List<Runnable> commits = new ArrayList<>();
      store.call(
          life,
          () -> {
            sets.forEach(set -> save(set, commits));
            return true;
          },
          () -> commits.forEach(Runnable::run));
    }

    private void save(SeriesSet set, List<Runnable> commits) {
      if (world.plant == Plant.MISSING_SERIES) {
        return;
      }
      Version<SeriesSet> version =
          store.series.newest(set.hash()).orElseGet(() -> store.series.put(set.hash(), 0, set));
      commits.add(() -> store.series.commit(set.hash(), version));
    }

    @Override
    public Map<SetHash, SeriesSet> find(Collection<SetHash> hashes) throws StoreUnavailable {
      return store.call(
          life,
          () -> {
            Map<SetHash, SeriesSet> found = new LinkedHashMap<>();
            hashes.forEach(
                hash -> store.series.find(hash).ifPresent(one -> found.put(hash, one.value())));
            return found;
          },
          () -> {});
    }
  }

  private final class Gaps implements GapStore {
    @Override
    public Map<HostId, GapStore.Found> find(Collection<HostId> hosts) throws StoreUnavailable {
      return store.call(
          life,
          () -> {
            Map<HostId, GapStore.Found> found = new LinkedHashMap<>();
            hosts.forEach(
                host ->
                    store
                        .gaps
                        .find(host)
                        .ifPresent(
                            one -> found.put(host, new GapStore.Found(one.rev(), one.value()))));
            return found;
          },
          () -> {});
    }

    @Override
    public List<ChunkStore.Insertion> insert(List<HostGaps> hosts) throws StoreUnavailable {
      List<Runnable> commits = new ArrayList<>();
      return store.call(
          life,
          () -> hosts.stream().map(gaps -> insert(gaps, commits)).toList(),
          () -> commits.forEach(Runnable::run));
    }

    private ChunkStore.Insertion insert(HostGaps gaps, List<Runnable> commits) {
      if (store.gaps.newest(gaps.host()).isPresent()) {
        return ChunkStore.Insertion.TAKEN;
      }
      put(gaps, 0, commits);
      return ChunkStore.Insertion.STORED;
    }

    @Override
    public boolean replace(HostGaps gaps, long rev) throws StoreUnavailable {
      List<Runnable> commits = new ArrayList<>();
      return store.call(
          life, () -> replace(gaps, rev, commits), () -> commits.forEach(Runnable::run));
    }

    private boolean replace(HostGaps gaps, long rev, List<Runnable> commits) {
      Optional<Version<HostGaps>> newest = store.gaps.newest(gaps.host());
      boolean same = newest.isPresent() && newest.get().rev() == rev;
      if (!same) {
        world.sightings.races++;
        return false;
      }
      put(gaps, rev + 1, commits);
      return true;
    }

    private void put(HostGaps gaps, long rev, List<Runnable> commits) {
      if (world.plant == Plant.FORGOTTEN_GAP) {
        return;
      }
      Version<HostGaps> version = store.gaps.put(gaps.host(), rev, gaps);
      commits.add(() -> store.gaps.commit(gaps.host(), version));
      world.event("store", "gaps", gaps.gaps().size());
    }
  }
}
