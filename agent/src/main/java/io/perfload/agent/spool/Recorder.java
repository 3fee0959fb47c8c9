// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.agent.sample.Reading;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Writes readings to the spool on a thread of its own, so that a slow disk does not delay sampling.
 * Between the two is a queue of {@value #CAPACITY}; a reading that finds it full is not spooled,
 * and counted.
 */
public final class Recorder {
  private static final Logger LOG = System.getLogger("agent.spool");
  private static final int CAPACITY = 300;
  private static final int LOOK_EVERY_MS = 5_000;
  private static final Optional<Reading> WAKE = Optional.empty();

  private final Spool spool;
  private final BlockingQueue<Optional<Reading>> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final Thread thread = new Thread(null, this::work, "spool", 256 << 10);
  private volatile boolean stopping;
  private volatile long overflowed;

  public Recorder(Spool spool) {
    this.spool = spool;
  }

  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Hands a reading over; never waits. One thread. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the sampling thread counts
  public void add(Reading reading) {
    if (!queue.offer(Optional.of(reading)) && overflowed++ == 0) {
      LOG.log(
          Level.WARNING,
          "The disk is too slow: a sample was not spooled (said once, then counted)");
    }
  }

  /** Readings that were not spooled because the disk was too slow. */
  public long overflowed() {
    return overflowed;
  }

  /**
   * Writes what is queued and lets go of the spool; false if that took longer than {@code time}.
   */
  public boolean stop(Duration time) throws InterruptedException {
    stopping = true;
    queue.offer(WAKE);
    thread.join(time.toMillis());
    return !thread.isAlive();
  }

  private void work() {
    try {
      while (!stopping || !queue.isEmpty()) {
        Optional<Reading> reading = queue.poll(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        if (reading == null) {
          spool.sealEnded();
        } else {
          reading.ifPresent(spool::add);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      spool.close();
    }
  }
}
