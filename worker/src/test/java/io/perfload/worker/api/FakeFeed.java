// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import io.perfload.worker.fleet.HostFeed;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Samples that a test sends. */
final class FakeFeed implements HostFeed {
  private final Map<HostId, Listener> listeners = new ConcurrentHashMap<>();
  private final AtomicInteger watches = new AtomicInteger();

  @Override
  public Watch watch(HostId id, Listener listener) {
    listeners.put(id, listener);
    watches.incrementAndGet();
    return () -> listeners.remove(id, listener);
  }

  void send(HostId id, SeriesSet set, Sample sample) {
    Optional.ofNullable(listeners.get(id)).ifPresent(one -> one.sampled(id, set, sample));
  }

  /** Hosts watched now. */
  int watched() {
    return listeners.size();
  }

  /** Watches ever begun. */
  int watches() {
    return watches.get();
  }
}
