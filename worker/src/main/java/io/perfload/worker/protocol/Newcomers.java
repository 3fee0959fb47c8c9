// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.protocol;

import static java.util.Objects.requireNonNull;

import io.netty.channel.ChannelHandler;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop that have not been answered yet, oldest first. One that has
 * said nothing worth an answer when its time is over is counted {@code slow} and closed. Confined
 * to the event loop.
 */
public final class Newcomers {
  /** How long a connection may take to say something worth an answer. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Protocols protocols;
  private final Refusals refusals;
  private final LongSupplier nanoTime;
  private @Nullable Newcomer oldest;
  private @Nullable Newcomer newest;
  private int size;

  public Newcomers(Protocols protocols, Refusals refusals, LongSupplier nanoTime) {
    this.protocols = requireNonNull(protocols, "protocols");
    this.refusals = requireNonNull(refusals, "refusals");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime");
  }

  /** The one handler that a connection begins with. */
  public ChannelHandler newcomer() {
    return new Newcomer(this);
  }

  /** Closes those whose time is over; call it about once a second. */
  public void sweep() {
    long now = nanoTime.getAsLong();
    Newcomer first = oldest;
    while (first != null && now - first.arrivedAt >= PATIENCE.toNanos()) {
      leave(first);
      refusals.count("slow");
      first.tooSlow();
      first = oldest;
    }
  }

  public int size() {
    return size;
  }

  Protocols protocols() {
    return protocols;
  }

  void count(String reason) {
    refusals.count(reason);
  }

  void join(Newcomer newcomer) {
    newcomer.arrivedAt = nanoTime.getAsLong();
    newcomer.before = newest;
    if (newest == null) {
      oldest = newcomer;
    } else {
      newest.after = newcomer;
    }
    newest = newcomer;
    newcomer.waiting = true;
    size++;
  }

  void leave(Newcomer newcomer) {
    if (!newcomer.waiting) {
      return;
    }
    Newcomer before = newcomer.before;
    Newcomer after = newcomer.after;
    if (before == null) {
      oldest = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.before = before;
    }
    newcomer.before = null;
    newcomer.after = null;
    newcomer.waiting = false;
    size--;
  }
}
