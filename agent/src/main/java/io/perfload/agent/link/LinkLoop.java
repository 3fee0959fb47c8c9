// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import io.perfload.agent.spool.Spool;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.config.HostPort;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Keeps one connection to the server: connects, sends what the tail and the spool have, and begins
 * again when the connection is lost. Never gives up and never waits.
 *
 * <pre>
 *  RESTING ──► DIALING ──► TALKING ──stop──► PARTING ──► OVER
 *     ▲           │           │
 *     └───────────┴── lost ───┘
 * </pre>
 *
 * Confined to one thread.
 */
public final class LinkLoop {
  private static final long LOOK_EVERY_NANOS = 1_000_000_000L;
  private static final long PARTING_LOOK_NANOS = 50_000_000L;
  private static final long STEADY_NANOS = 10_000_000_000L;
  private static final long NANOS_PER_MS = 1_000_000;

  private final HostPort server;
  private final Introduction introduction;
  private final LiveTail tail;
  private final Spool spool;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final RetryDelay delay;
  private final Network network;
  private final LinkReport report;

  private long restUntilNanos;
  private Optional<Dialing> dialing = Optional.empty();
  private Optional<Talk> talk = Optional.empty();
  private boolean stopping;
  private long stopByNanos;
  private boolean over;
  private long atOnceThrough;

  /**
   * Prepares a link; the first call of {@link #proceed} begins to connect.
   *
   * @param clock the time of samples
   * @param nanoTime a clock that never goes back and is never set
   */
  public LinkLoop(
      HostPort server,
      Introduction introduction,
      LiveTail tail,
      Spool spool,
      InstantSource clock,
      LongSupplier nanoTime,
      RandomGenerator random,
      Network network) {
    this.server = server;
    this.introduction = introduction;
    this.tail = tail;
    this.spool = spool;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.delay = new RetryDelay(random);
    this.network = network;
    this.report = new LinkReport(server);
    restUntilNanos = nanoTime.getAsLong();
    // history begins with the first minute that ends, not half a minute later
    atOnceThrough = spool.lastNumber() + 1;
  }

  /**
   * Does all that can be done without waiting.
   *
   * @return how long to rest, in nanoseconds, if neither the network nor the tail has news before
   */
  public long proceed() {
    if (over) {
      return 0;
    }
    try {
      return talk.isPresent() ? talk(talk.get()) : connect();
    } catch (IOException | Malformed | RuntimeException e) {
      return lost(e);
    }
  }

  /** Says goodbye, as far as that goes until {@code byNanos}; then this link is over. */
  public void stop(long byNanos) {
    stopping = true;
    stopByNanos = byNanos;
  }

  /** Whether there is nothing left to do, for ever. */
  public boolean isOver() {
    return over;
  }

  private long connect() throws IOException {
    if (stopping) {
      return end();
    }
    long rest = restUntilNanos - nanoTime.getAsLong();
    if (rest > 0) {
      return Math.min(rest, LOOK_EVERY_NANOS);
    }
    if (dialing.isEmpty()) {
      dialing = Optional.of(new Dialing(network, server, nanoTime));
    }
    Dialing attempt = dialing.get();
    Optional<Wire> wire = attempt.proceed();
    if (wire.isEmpty()) {
      return Math.min(attempt.restNanos(), LOOK_EVERY_NANOS);
    }
    dialing = Optional.empty();
    talk = Optional.of(new Talk(wire.get()));
    return 0;
  }

  private long talk(Talk current) throws IOException, Malformed {
    if (stopping) {
      return sayGoodbye(current);
    }
    boolean open;
    try {
      open = current.connection.proceed();
    } finally {
      current.conversation.welcome().ifPresent(report::welcomed);
      current.conversation.failure().ifPresent(report::failed);
    }
    if (!open) {
      throw new IOException("the worker closed the connection");
    }
    if (current.conversation.welcome().isPresent()
        && nanoTime.getAsLong() - current.beganNanos > STEADY_NANOS) {
      delay.reset();
    }
    return LOOK_EVERY_NANOS;
  }

  private long sayGoodbye(Talk current) throws IOException {
    boolean said = current.connection.sayGoodbye(!current.parting);
    current.parting = true;
    if (said || nanoTime.getAsLong() - stopByNanos >= 0) {
      return end();
    }
    return PARTING_LOOK_NANOS;
  }

  private long lost(Exception cause) {
    report.lost(cause);
    release();
    if (stopping) {
      over = true;
      return 0;
    }
    long rest = delay.next() * NANOS_PER_MS;
    restUntilNanos = nanoTime.getAsLong() + rest;
    return Math.min(rest, LOOK_EVERY_NANOS);
  }

  private long end() {
    release();
    over = true;
    return 0;
  }

  private void release() {
    try {
      if (dialing.isPresent()) {
        dialing.get().close();
      }
      if (talk.isPresent()) {
        talk.get().wire.close();
      }
    } catch (IOException e) {
      report.lost(e);
    }
    dialing = Optional.empty();
    talk = Optional.empty();
  }

  /** One connection and what is said on it. */
  private final class Talk {
    private final Wire wire;
    private final Conversation conversation;
    private final Connection connection;
    private final long beganNanos = nanoTime.getAsLong();
    private boolean parting;

    Talk(Wire wire) {
      atOnceThrough = Math.max(atOnceThrough, spool.lastNumber());
      this.wire = wire;
      conversation = new Conversation(introduction, tail, spool, clock, nanoTime, atOnceThrough);
      connection = new Connection(wire, conversation, nanoTime);
    }
  }
}
