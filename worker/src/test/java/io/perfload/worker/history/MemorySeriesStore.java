// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sets of series in memory. */
public final class MemorySeriesStore implements SeriesStore {
  private final Map<SetHash, SeriesSet> sets = new ConcurrentHashMap<>();
  private volatile MemoryChunkStore.Mishap before = () -> {};
  private volatile MemoryChunkStore.Mishap after = () -> {};
  private volatile int saves;

  /** Strikes before anything happened. */
  public void before(MemoryChunkStore.Mishap mishap) {
    before = mishap;
  }

  /** Strikes after it happened: the answer is lost. */
  public void after(MemoryChunkStore.Mishap mishap) {
    after = mishap;
  }

  /** As if another store had come in its place. */
  public void empty() {
    sets.clear();
  }

  public int saves() {
    return saves;
  }

  @Override
  public void save(Collection<SeriesSet> more) throws StoreUnavailable {
    before.strike();
    synchronized (this) {
      saves++;
      more.forEach(set -> sets.put(set.hash(), set));
    }
    after.strike();
  }

  @Override
  public Map<SetHash, SeriesSet> find(Collection<SetHash> hashes) throws StoreUnavailable {
    before.strike();
    Map<SetHash, SeriesSet> found = new HashMap<>(sets);
    found.keySet().retainAll(hashes);
    after.strike();
    return found;
  }
}
