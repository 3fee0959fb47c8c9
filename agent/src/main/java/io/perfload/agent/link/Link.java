// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import io.perfload.agent.spool.Spool;
import io.perfload.common.config.HostPort;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Runs a {@link LinkLoop} over TCP on a thread of its own; never makes anybody wait. {@link #wake}
 * and {@link #stop} may come from any thread.
 */
public final class Link {
  private static final Logger LOG = System.getLogger("agent.link");

  private final LinkLoop loop;
  private final SelectorNetwork network;
  private final LongSupplier nanoTime;
  private final Thread thread = new Thread(null, this::work, "link", 256 << 10);
  private volatile boolean stopping;
  private volatile long stopByNanos;

  /**
   * Prepares a link.
   *
   * @param clock the time of samples
   * @param nanoTime a clock that never goes back and is never set
   * @throws IOException when the system has no resources left for it
   */
  public Link(
      HostPort server,
      Introduction introduction,
      LiveTail tail,
      Spool spool,
      InstantSource clock,
      LongSupplier nanoTime,
      RandomGenerator random)
      throws IOException {
    this.nanoTime = nanoTime;
    this.network = new SelectorNetwork();
    this.loop = new LinkLoop(server, introduction, tail, spool, clock, nanoTime, random, network);
  }

  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** There is something new to send. */
  public void wake() {
    network.wake();
  }

  /** Says goodbye; false if that took longer than {@code time}. */
  public boolean stop(Duration time) throws InterruptedException {
    stopByNanos = nanoTime.getAsLong() + time.toNanos();
    stopping = true;
    network.wake();
    thread.join(time.toMillis());
    return !thread.isAlive();
  }

  private void work() {
    try (network) {
      boolean told = false;
      while (!loop.isOver()) {
        if (stopping && !told) {
          told = true;
          loop.stop(stopByNanos);
        }
        network.await(loop.proceed());
      }
    } catch (IOException e) {
      LOG.log(Level.ERROR, "The link ended: nothing is sent any longer", e);
    }
  }
}
