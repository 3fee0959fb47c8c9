// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.perfload.common.model.HostId;
import io.perfload.worker.history.HostRecord;
import io.perfload.worker.history.HostStore;
import io.perfload.worker.history.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all hosts from the store when asked and writes changed ones to it, on a thread of its own
 * named {@code host-store}. While the store is away it tries again, later each time; of a host only
 * the newest record waits, and at most {@link HostStore#MAX_HOSTS} do: one more is dropped and
 * counted.
 */
final class HostKeeper {
  private static final Logger log = LoggerFactory.getLogger(HostKeeper.class);
  private static final int BATCH = 256;
  private static final Duration FIRST_DELAY = Duration.ofMillis(200);
  private static final Duration LAST_DELAY = Duration.ofSeconds(10);

  private final HostStore store;
  private final Consumer<List<HostRecord>> loaded;
  private final Thread thread = new Thread(this::run, "host-store");
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Map<HostId, HostRecord> waiting = new LinkedHashMap<>();

  @GuardedBy("lock")
  private boolean mustLoad;

  @GuardedBy("lock")
  private boolean stopped;

  @GuardedBy("lock")
  private long dropped;

  HostKeeper(HostStore store, Consumer<List<HostRecord>> loaded) {
    this.store = requireNonNull(store, "store");
    this.loaded = requireNonNull(loaded, "loaded");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Reads all hosts, soon. Any thread. */
  void load() {
    synchronized (lock) {
      mustLoad = true;
      lock.notifyAll();
    }
  }

  /** Writes a host, soon. Any thread. */
  void save(HostRecord record) {
    HostId id = record.profile().id();
    synchronized (lock) {
      if (waiting.size() >= HostStore.MAX_HOSTS && !waiting.containsKey(id)) {
        dropped++;
        return;
      }
      waiting.put(id, record);
      lock.notifyAll();
    }
  }

  int waiting() {
    synchronized (lock) {
      return waiting.size();
    }
  }

  long dropped() {
    synchronized (lock) {
      return dropped;
    }
  }

  /** Writes what waits, within two seconds, and stops. */
  void stop() throws InterruptedException {
    synchronized (lock) {
      stopped = true;
      lock.notifyAll();
    }
    thread.join(2_000);
    thread.interrupt();
    if (waiting() > 0) {
      log.warn("Hosts left unsaved: count={}", waiting());
    }
  }

  private void run() {
    Duration delay = FIRST_DELAY;
    try {
      while (awaitWork()) {
        if (work()) {
          delay = FIRST_DELAY;
        } else if (isStopped()) {
          return;
        } else {
          pause(delay);
          delay =
              delay.multipliedBy(2).compareTo(LAST_DELAY) < 0 ? delay.multipliedBy(2) : LAST_DELAY;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns false when there is nothing left to do for ever. */
  private boolean awaitWork() throws InterruptedException {
    synchronized (lock) {
      while (!stopped && !mustLoad && waiting.isEmpty()) {
        lock.wait();
      }
      return !stopped || !waiting.isEmpty();
    }
  }

  /** Returns false if the store is away. */
  private boolean work() {
    try {
      if (takeLoad()) {
        loadAll();
      }
      List<HostRecord> batch = takeBatch();
      if (!batch.isEmpty()) {
        saveAll(batch);
      }
      return true;
    } catch (StoreUnavailable e) {
      log.debug("Host store away", e);
      return false;
    }
  }

  private void loadAll() throws StoreUnavailable {
    boolean done = false;
    try {
      loaded.accept(store.all());
      done = true;
    } finally {
      if (!done) {
        load();
      }
    }
  }

  private void saveAll(List<HostRecord> batch) throws StoreUnavailable {
    boolean done = false;
    try {
      store.save(batch);
      done = true;
    } finally {
      if (!done) {
        putBack(batch);
      }
    }
  }

  private void putBack(List<HostRecord> batch) {
    synchronized (lock) {
      batch.forEach(record -> waiting.putIfAbsent(record.profile().id(), record));
    }
  }

  private boolean takeLoad() {
    synchronized (lock) {
      boolean taken = mustLoad && !stopped;
      mustLoad = false;
      return taken;
    }
  }

  private List<HostRecord> takeBatch() {
    synchronized (lock) {
      List<HostRecord> batch = new ArrayList<>();
      Iterator<HostRecord> each = waiting.values().iterator();
      while (each.hasNext() && batch.size() < BATCH) {
        batch.add(each.next());
        each.remove();
      }
      return batch;
    }
  }

  private void pause(Duration delay) throws InterruptedException {
    long until = System.nanoTime() + delay.toNanos();
    synchronized (lock) {
      long left = delay.toMillis();
      while (!stopped && left > 0) {
        lock.wait(left);
        left = (until - System.nanoTime()) / 1_000_000;
      }
    }
  }

  private boolean isStopped() {
    synchronized (lock) {
      return stopped;
    }
  }
}
