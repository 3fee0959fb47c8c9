// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import io.perfload.agent.spool.Spool;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.config.HostPort;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Keeps one connection to the server, on a thread of its own: connects, sends what the tail and the
 * spool have, and begins again when the connection is lost. Never gives up, and never makes anybody
 * wait. {@link #wake} and {@link #stop} may come from any thread.
 */
public final class Link {
  private static final Logger LOG = System.getLogger("agent.link");
  private static final long LOOK_EVERY_MS = 1_000;
  private static final long STEADY_NANOS = 10_000_000_000L;

  private final HostPort server;
  private final Introduction introduction;
  private final LiveTail tail;
  private final Spool spool;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final RetryDelay delay;
  private final LinkReport report;
  private final Selector selector;
  private final Thread thread = new Thread(null, this::work, "link", 256 << 10);
  private volatile boolean stopping;
  private volatile long stopByNanos;
  private long atOnceThrough;

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
    this.server = server;
    this.introduction = introduction;
    this.tail = tail;
    this.spool = spool;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.delay = new RetryDelay(random);
    this.report = new LinkReport(server);
    this.selector = Selector.open();
  }

  public void start() {
    // history begins with the first minute that ends, not half a minute later
    atOnceThrough = spool.lastNumber() + 1;
    thread.setDaemon(true);
    thread.start();
  }

  /** There is something new to send. */
  public void wake() {
    selector.wakeup();
  }

  /** Says goodbye; false if that took longer than {@code time}. */
  public boolean stop(Duration time) throws InterruptedException {
    stopByNanos = nanoTime.getAsLong() + time.toNanos();
    stopping = true;
    selector.wakeup();
    thread.join(time.toMillis());
    return !thread.isAlive();
  }

  private void work() {
    try {
      while (!stopping) {
        attempt();
        pause(delay.next());
      }
      selector.close();
    } catch (IOException e) {
      LOG.log(Level.ERROR, "The link ended: nothing is sent any longer", e);
    }
  }

  private void attempt() throws IOException {
    try (SocketChannel channel = new Connector(selector, nanoTime, () -> stopping).open(server)) {
      converse(channel);
    } catch (IOException | Malformed e) {
      report.lost(e);
    } catch (RuntimeException e) {
      report.lost(e);
    }
    selector.selectNow();
  }

  private void converse(SocketChannel channel) throws IOException, Malformed {
    atOnceThrough = Math.max(atOnceThrough, spool.lastNumber());
    var conversation = new Conversation(introduction, tail, spool, clock, atOnceThrough);
    var connection = new Connection(channel, selector, conversation, nanoTime);
    long beganNanos = nanoTime.getAsLong();
    boolean open = true;
    while (open && !stopping) {
      try {
        open = connection.proceed();
      } finally {
        conversation.welcome().ifPresent(report::welcomed);
        conversation.failure().ifPresent(report::failed);
      }
      if (conversation.welcome().isPresent() && nanoTime.getAsLong() - beganNanos > STEADY_NANOS) {
        delay.reset();
      }
      if (open) {
        selector.selectedKeys().clear();
        selector.select(LOOK_EVERY_MS);
      }
    }
    if (stopping) {
      sayGoodbye(connection);
    } else {
      throw new IOException("the worker closed the connection");
    }
  }

  private void sayGoodbye(Connection connection) throws IOException {
    boolean said = connection.sayGoodbye(true);
    while (!said && nanoTime.getAsLong() < stopByNanos) {
      selector.selectedKeys().clear();
      selector.select(50);
      said = connection.sayGoodbye(false);
    }
  }

  private void pause(long millis) throws IOException {
    long until = nanoTime.getAsLong() + millis * 1_000_000;
    long left = millis;
    while (left > 0 && !stopping) {
      selector.select(left);
      left = (until - nanoTime.getAsLong()) / 1_000_000;
    }
  }
}
