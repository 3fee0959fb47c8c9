// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.model.HostId;
import io.perfload.worker.history.ChunkStore.Insertion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gaps in memory; can be slow, be away, or lose its answers. */
public final class MemoryGapStore implements GapStore {
  private final Map<HostId, Found> hosts = new HashMap<>();
  private volatile MemoryChunkStore.Mishap before = () -> {};
  private volatile MemoryChunkStore.Mishap after = () -> {};
  private int writes;

  /** Strikes before anything happened. */
  public void before(MemoryChunkStore.Mishap mishap) {
    before = mishap;
  }

  /** Strikes after it happened: the answer is lost. */
  public void after(MemoryChunkStore.Mishap mishap) {
    after = mishap;
  }

  public synchronized Optional<HostGaps> stored(HostId host) {
    return Optional.ofNullable(hosts.get(host)).map(Found::gaps);
  }

  /** Insertions of batches, and replacements. */
  public synchronized int writes() {
    return writes;
  }

  @Override
  public Map<HostId, Found> find(Collection<HostId> wanted) throws StoreUnavailable {
    before.strike();
    Map<HostId, Found> found;
    synchronized (this) {
      found = new HashMap<>(hosts);
    }
    found.keySet().retainAll(wanted);
    after.strike();
    return found;
  }

  @Override
  public List<Insertion> insert(List<HostGaps> more) throws StoreUnavailable {
    before.strike();
    List<Insertion> outcome = new ArrayList<>();
    synchronized (this) {
      writes++;
      for (HostGaps one : more) {
        boolean free = hosts.putIfAbsent(one.host(), new Found(0, one)) == null;
        outcome.add(free ? Insertion.STORED : Insertion.TAKEN);
      }
    }
    after.strike();
    return outcome;
  }

  @Override
  public boolean replace(HostGaps gaps, long rev) throws StoreUnavailable {
    before.strike();
    boolean matches;
    synchronized (this) {
      writes++;
      Found found = hosts.get(gaps.host());
      matches = found != null && found.rev() == rev;
      if (matches) {
        hosts.put(gaps.host(), new Found(rev + 1, gaps));
      }
    }
    after.strike();
    return matches;
  }
}
