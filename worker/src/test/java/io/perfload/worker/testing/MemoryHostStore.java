// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.testing;

import io.perfload.common.model.HostId;
import io.perfload.worker.history.HostRecord;
import io.perfload.worker.history.HostStore;
import io.perfload.worker.history.StoreUnavailable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps hosts in memory; can be away. */
public final class MemoryHostStore implements HostStore {
  private final Map<HostId, HostRecord> records = new LinkedHashMap<>();
  private boolean away;

  public synchronized void away(boolean away) {
    this.away = away;
  }

  @Override
  public synchronized List<HostRecord> all() throws StoreUnavailable {
    check();
    return List.copyOf(records.values());
  }

  @Override
  public synchronized void save(Collection<HostRecord> saved) throws StoreUnavailable {
    check();
    saved.forEach(record -> records.put(record.profile().id(), record));
  }

  public synchronized Optional<HostRecord> find(HostId id) {
    return Optional.ofNullable(records.get(id));
  }

  private void check() throws StoreUnavailable {
    if (away) {
      throw new StoreUnavailable("away", new IllegalStateException("told so"));
    }
  }
}
