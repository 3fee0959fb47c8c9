// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.stack;

import io.perfload.bench.process.ProcessCpu;
import io.perfload.bench.process.ProcessFacts;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Watches what processes use, from one call of {@link #lap} to the next. A thread of its own looks
 * at their memory twice a second. Any thread, guarded by itself.
 */
public final class ResourceMeter implements AutoCloseable {
  private static final long LOOK_MS = 500;

  private final Map<String, Supplier<List<Long>>> processes;
  private final Map<String, Long> most = new LinkedHashMap<>();
  private final Map<String, ProcessCpu> cpu = new LinkedHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private long sinceNanos;

  /**
   * @param processes by the name they get in the answer; which pids, is asked each time
   */
  public ResourceMeter(Map<String, Supplier<List<Long>>> processes) {
    this.processes = new LinkedHashMap<>(processes);
    lap();
    var thread = new Thread(this::watch, "resources");
    thread.setDaemon(true);
    thread.start();
  }

  /** Tells what was used since the last call and begins anew. */
  public synchronized Map<String, Used> lap() {
    look();
    double seconds = Math.max(1e-9, (System.nanoTime() - sinceNanos) / 1e9);
    sinceNanos = System.nanoTime();
    Map<String, Used> used = new LinkedHashMap<>();
    processes.forEach(
        (name, pids) -> {
          ProcessCpu now = ProcessCpu.of(pids.get());
          ProcessCpu before = cpu.getOrDefault(name, now);
          double percent = Math.max(0, now.since(before)) / 1e7 / seconds;
          used.put(name, new Used(most.getOrDefault(name, 0L), percent));
          cpu.put(name, now);
        });
    most.clear();
    return used;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void watch() {
    try {
      while (!closed.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void look() {
    processes.forEach(
        (name, pids) -> {
          for (long pid : pids.get()) {
            most.merge(name, resident(pid), Math::max);
          }
        });
  }

  private static long resident(long pid) {
    try {
      return ProcessFacts.residentBytes(pid);
    } catch (IOException e) {
      return 0; // it is gone
    }
  }

  /**
   * What processes of one name used.
   *
   * @param residentBytes the most that one of them had
   * @param cpuPercent of a core, all of them together
   */
  public record Used(long residentBytes, double cpuPercent) {}
}
