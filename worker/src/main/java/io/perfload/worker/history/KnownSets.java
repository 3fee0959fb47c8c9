// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Remembers sets of series that the store has, at most so many series in sum; the set that was not
 * asked for the longest goes first. Any thread but an event loop: what is not remembered is asked
 * of the store.
 */
final class KnownSets {
  private final SeriesStore store;
  private final int maxSeries;
  private final Object lock = new Object();
  private final LinkedHashMap<SetHash, SeriesSet> known = new LinkedHashMap<>(64, 0.75f, true);
  private int series;

  KnownSets(SeriesStore store, int maxSeries) {
    this.store = store;
    this.maxSeries = maxSeries;
  }

  /** Makes sure that the store has all of {@code sets}. */
  void ensureStored(Collection<SeriesSet> sets) throws StoreUnavailable {
    Map<SetHash, SeriesSet> missing = new HashMap<>();
    synchronized (lock) {
      for (SeriesSet set : sets) {
        if (known.get(set.hash()) == null) {
          missing.put(set.hash(), set);
        }
      }
    }
    if (!missing.isEmpty()) {
      store.save(missing.values());
      remember(missing.values());
    }
  }

  /** Finds the sets named; those the store does not have are not in the answer. */
  Map<SetHash, SeriesSet> find(Collection<SetHash> hashes) throws StoreUnavailable {
    Map<SetHash, SeriesSet> found = new HashMap<>();
    Set<SetHash> missing = new HashSet<>();
    synchronized (lock) {
      for (SetHash hash : hashes) {
        SeriesSet set = known.get(hash);
        if (set == null) {
          missing.add(hash);
        } else {
          found.put(hash, set);
        }
      }
    }
    if (!missing.isEmpty()) {
      Map<SetHash, SeriesSet> loaded = store.find(missing);
      remember(loaded.values());
      found.putAll(loaded);
    }
    return found;
  }

  private void remember(Collection<SeriesSet> sets) {
    synchronized (lock) {
      for (SeriesSet set : sets) {
        if (known.put(set.hash(), set) == null) {
          series += weight(set);
        }
      }
      List<SetHash> tooMany = new ArrayList<>();
      for (var oldest = known.values().iterator(); series > maxSeries && oldest.hasNext(); ) {
        SeriesSet set = oldest.next();
        tooMany.add(set.hash());
        series -= weight(set);
      }
      tooMany.forEach(known::remove);
    }
  }

  private static int weight(SeriesSet set) {
    return set.size() + 1;
  }
}
