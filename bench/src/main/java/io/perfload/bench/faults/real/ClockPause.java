// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.perfload.agent.sample.Sampler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets time pass as fast as a clock runs; while it is quiet, pauses do not end. Any thread. */
final class ClockPause implements Sampler.Pause {
  private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RunningClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean quiet;
  private boolean ended;

  ClockPause(RunningClock clock) {
    this.clock = clock;
  }

  @Override
  public void forMillis(long millis) {
    lock.lock();
    try {
      long left = clock.ourNanos(millis);
      while (!ended && (quiet || left > 0)) {
        left = changed.awaitNanos(quiet ? LOOK_EVERY_NANOS : left);
      }
      ended = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** No pause ends any more but by {@link #end}. */
  void beQuiet() {
    lock.lock();
    try {
      quiet = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
