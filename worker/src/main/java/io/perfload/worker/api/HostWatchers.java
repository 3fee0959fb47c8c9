// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import io.perfload.worker.fleet.HostFeed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Who watches which host: one feed a host however many watch it, each sample written once for all
 * of them. Any thread.
 */
final class HostWatchers {
  private final HostFeed feed;
  private final Object lock = new Object();
  private final Map<HostId, Watched> watched = new HashMap<>();

  HostWatchers(HostFeed feed) {
    this.feed = feed;
  }

  void add(HostId id, LiveConnection watcher) {
    synchronized (lock) {
      Watched host = watched.get(id);
      if (host == null) {
        List<LiveConnection> watchers = new CopyOnWriteArrayList<>();
        host =
            new Watched(
                watchers, feed.watch(id, (of, set, sample) -> sampled(watchers, of, set, sample)));
        watched.put(id, host);
      }
      host.watchers().add(watcher);
    }
  }

  void remove(HostId id, LiveConnection watcher) {
    synchronized (lock) {
      Watched host = watched.get(id);
      if (host != null && host.watchers().remove(watcher) && host.watchers().isEmpty()) {
        watched.remove(id);
        host.watch().close();
      }
    }
  }

  /** How many hosts somebody watches. */
  int size() {
    synchronized (lock) {
      return watched.size();
    }
  }

  private static void sampled(
      List<LiveConnection> watchers, HostId id, SeriesSet set, Sample sample) {
    if (watchers.isEmpty()) {
      return;
    }
    var item =
        new HostStream.Item(HostStream.Moment.of(sample), LiveMessages.sample(id, set, sample));
    watchers.forEach(watcher -> watcher.sampled(id, item));
  }

  private record Watched(List<LiveConnection> watchers, HostFeed.Watch watch) {}
}
