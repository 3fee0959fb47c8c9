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
  private volatile int saves;

  public int saves() {
    return saves;
  }

  @Override
  public synchronized void save(Collection<SeriesSet> more) {
    saves++;
    more.forEach(set -> sets.put(set.hash(), set));
  }

  @Override
  public Map<SetHash, SeriesSet> find(Collection<SetHash> hashes) {
    Map<SetHash, SeriesSet> found = new HashMap<>(sets);
    found.keySet().retainAll(hashes);
    return found;
  }
}
