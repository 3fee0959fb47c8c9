// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Lets equal sets be one object: machines alike declare the same series, and a set weighs more than
 * a host's newest values. Holds at most {@value #LIMIT} sets; when full, those nobody uses go, and
 * if all are used a new one is simply not shared. Any thread.
 */
public final class SeriesSets {
  private static final int LIMIT = 16_384;

  private final ConcurrentMap<SetHash, WeakReference<SeriesSet>> known = new ConcurrentHashMap<>();

  /** Returns the set to use for {@code set}: an equal one. */
  public SeriesSet shared(SeriesSet set) {
    WeakReference<SeriesSet> reference = known.get(set.hash());
    SeriesSet found = reference == null ? null : reference.get();
    if (found != null) {
      return found.equals(set) ? found : set;
    }
    if (known.size() >= LIMIT) {
      known.values().removeIf(each -> each.get() == null);
    }
    if (known.size() < LIMIT) {
      known.put(set.hash(), new WeakReference<>(set));
    }
    return set;
  }
}
