// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.sample;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time samples are given: the wall clock, but never going back. When the wall clock is set
 * back, time goes on from where it was, a tenth slower than it passes, until the wall clock has
 * caught up: no second is told twice and none is left out, and a sample comes every 1.1 seconds
 * meanwhile. When the wall clock is set forward, time follows at once. Any thread.
 */
public final class HostClock implements InstantSource {
  private static final long NANOS_PER_MS = 1_000_000;

  private final InstantSource wall;
  private final LongSupplier nanoTime;
  private long wallMs = Long.MIN_VALUE;
  private long wallNanos;

  /**
   * Begins at the time of {@code wall}.
   *
   * @param nanoTime a clock that never goes back and is never set
   */
  public HostClock(InstantSource wall, LongSupplier nanoTime) {
    this.wall = wall;
    this.nanoTime = nanoTime;
  }

  /** The time in Unix milliseconds; never less than it returned before. */
  @Override
  public synchronized long millis() {
    long now = wall.millis();
    long nanos = nanoTime.getAsLong();
    long slow = wallMs + (nanos - wallNanos) / NANOS_PER_MS * 9 / 10;
    if (now < slow) {
      return slow;
    }
    wallMs = now;
    wallNanos = nanos;
    return now;
  }

  @Override
  public java.time.Instant instant() {
    return java.time.Instant.ofEpochMilli(millis());
  }

  /** How far this clock is ahead of the wall clock, in milliseconds; 0 but after a step back. */
  public long aheadMs() {
    return Math.max(0, millis() - wall.millis());
  }
}
