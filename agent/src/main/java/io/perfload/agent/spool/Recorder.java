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
 * counted, and a gap tells of it.
 */
public final class Recorder {
  private static final Logger LOG = System.getLogger("agent.spool");
  private static final int CAPACITY = 300;
  private static final int LOOK_EVERY_MS = 5_000;
  private static final Optional<Reading> WAKE = Optional.empty();

  private final Spool spool;
  private final Duration patience;
  private final BlockingQueue<Optional<Reading>> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final Thread thread = new Thread(null, this::work, "spool", 256 << 10);
  private volatile boolean stopping;
  private volatile long overflowed;

  // guarded by this
  private long handedOver;
  private long written;

  /**
   * Prepares a recorder.
   *
   * @param patience how long a reading that is handed over may wait to be written
   */
  public Recorder(Spool spool, Duration patience) {
    this.spool = spool;
    this.patience = patience;
  }

  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Hands a reading over. Returns once it is written, so that what anybody gets to see survives the
   * end of this process; but a disk that is behind, or takes longer than the patience, is not
   * waited for. One thread.
   */
  public void add(Reading reading) throws InterruptedException {
    if (!queue.offer(Optional.of(reading))) {
      overflowed(reading);
      return;
    }
    awaitWritten();
  }

  private synchronized void awaitWritten() throws InterruptedException {
    boolean behind = written < handedOver;
    handedOver++;
    long until = System.nanoTime() + patience.toNanos();
    while (written < handedOver && !behind) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the sampling thread counts
  private void overflowed(Reading reading) {
    spool.lost(reading);
    if (overflowed++ == 0) {
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
   * Writes what is queued and lets go of the spool; false if that took longer than {@code time}. To
   * be called again is fine.
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
          reading.ifPresent(this::write);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      spool.close();
    }
  }

  private void write(Reading reading) {
    spool.add(reading);
    synchronized (this) {
      written++;
      notifyAll();
    }
  }
}
