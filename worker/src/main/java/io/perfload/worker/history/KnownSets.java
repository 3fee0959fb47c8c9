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
 * asked for the longest goes first. That the store has a set is believed for {@value #BELIEVED_MS}
 * ms, and no longer than until somebody {@linkplain #doubt doubts} it: it could be another store by
 * then. Any thread but an event loop: what is not remembered is asked of the store.
 */
final class KnownSets {
  private static final long BELIEVED_MS = 600_000;
  private static final int NEVER = -1;

  private final SeriesStore store;
  private final int maxSeries;
  private final Object lock = new Object();
  private final LinkedHashMap<SetHash, Known> known = new LinkedHashMap<>(64, 0.75f, true);
  private int series;
  private int doubts;

  KnownSets(SeriesStore store, int maxSeries) {
    this.store = store;
    this.maxSeries = maxSeries;
  }

  /** Makes sure that the store has all of {@code sets}. */
  void ensureStored(Collection<SeriesSet> sets, long nowMs) throws StoreUnavailable {
    Map<SetHash, SeriesSet> missing = new HashMap<>();
    int doubtsBefore;
    synchronized (lock) {
      doubtsBefore = doubts;
      for (SeriesSet set : sets) {
        Known entry = known.get(set.hash());
        if (entry == null || !entry.isBelieved(doubts, nowMs)) {
          missing.put(set.hash(), set);
        }
      }
    }
    if (!missing.isEmpty()) {
      store.save(missing.values());
      remember(missing.values(), doubtsBefore, nowMs);
    }
  }

  /** The store was away: whatever comes back is asked anew. */
  void doubt() {
    synchronized (lock) {
      doubts++;
    }
  }

  /** Finds the sets named; those the store does not have are not in the answer. */
  Map<SetHash, SeriesSet> find(Collection<SetHash> hashes) throws StoreUnavailable {
    Map<SetHash, SeriesSet> found = new HashMap<>();
    Set<SetHash> missing = new HashSet<>();
    synchronized (lock) {
      for (SetHash hash : hashes) {
        Known entry = known.get(hash);
        if (entry == null) {
          missing.add(hash);
        } else {
          found.put(hash, entry.set());
        }
      }
    }
    if (!missing.isEmpty()) {
      Map<SetHash, SeriesSet> loaded = store.find(missing);
      remember(loaded.values(), NEVER, 0);
      found.putAll(loaded);
    }
    return found;
  }

  private void remember(Collection<SeriesSet> sets, int doubtsThen, long nowMs) {
    synchronized (lock) {
      for (SeriesSet set : sets) {
        if (known.put(set.hash(), new Known(set, doubtsThen, nowMs)) == null) {
          series += weight(set);
        }
      }
      List<SetHash> tooMany = new ArrayList<>();
      for (var oldest = known.values().iterator(); series > maxSeries && oldest.hasNext(); ) {
        SeriesSet set = oldest.next().set();
        tooMany.add(set.hash());
        series -= weight(set);
      }
      tooMany.forEach(known::remove);
    }
  }

  /**
   * A set, and when the store was known to have it.
   *
   * @param doubts how many there had been; {@link #NEVER} if the store was not asked to keep it
   */
  private record Known(SeriesSet set, int doubts, long atMs) {
    /** A clock that steps, either way, ends belief too. */
    boolean isBelieved(int doubtsNow, long nowMs) {
      return doubts == doubtsNow && nowMs >= atMs && nowMs - atMs < BELIEVED_MS;
    }
  }

  private static int weight(SeriesSet set) {
    return set.size() + 1;
  }
}
