// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The wall clock of a machine whose time runs faster than ours, so that its minutes end sooner, and
 * that can be set. Any thread.
 */
final class RunningClock implements InstantSource {
  private static final long NANOS_PER_MS = 1_000_000;

  private final int speed;
  private final long beganMs;
  private final long originNanos = System.nanoTime();
  private volatile long setByMs;

  /**
   * Shows {@code beganMs} at that time by our clock, and runs {@code speed} times faster.
   *
   * @param setByMs how much it was set forward since
   */
  RunningClock(int speed, long beganMs, long setByMs) {
    this.speed = speed;
    this.beganMs = beganMs;
    this.setByMs = setByMs;
  }

  @Override
  public long millis() {
    return beganMs + (System.currentTimeMillis() - beganMs) * speed + setByMs;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  /** Runs as fast and is never set. */
  long nanos() {
    return (System.nanoTime() - originNanos) * speed;
  }

  /** Sets it forward, or back. */
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread sets it
  void setBy(long millis) {
    setByMs += millis;
  }

  /** How much of our time {@code millis} of its time are, in nanoseconds. */
  long ourNanos(long millis) {
    return millis * NANOS_PER_MS / speed;
  }
}
