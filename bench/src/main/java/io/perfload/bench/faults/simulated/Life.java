// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

/**
 * One process from its start to its end. Every step it takes outside of itself passes {@link
 * #step}, where it may end. One thread.
 */
final class Life {
  /** Of what is no process. */
  static final Life ETERNAL = new Life(() -> {});

  private final Runnable burial;
  private boolean over;
  private boolean buried;
  private long pausedUntilNanos = Long.MIN_VALUE;
  private int stepsLeft = -1;

  /**
   * Begins a life.
   *
   * @param burial what happens around it once it is over
   */
  Life(Runnable burial) {
    this.burial = burial;
  }

  boolean isOver() {
    return over;
  }

  long pausedUntilNanos() {
    return pausedUntilNanos;
  }

  /** Nothing of it happens before that. */
  void pauseUntil(long nanos) {
    pausedUntilNanos = Math.max(pausedUntilNanos, nanos);
  }

  /** It will end at the step that is so many steps away. */
  void endAfterSteps(int steps) {
    stepsLeft = steps;
  }

  /** Whether the next step is its last. */
  boolean endsNow() {
    return !over && stepsLeft == 0;
  }

  /** A step between two of which it may end. */
  void step() {
    if (stepsLeft >= 0 && stepsLeft-- == 0) {
      over = true;
    }
    if (over) {
      throw new Crash();
    }
  }

  /** Ends it between two of its events. */
  void end() {
    over = true;
    buryIfOver();
  }

  void buryIfOver() {
    if (over && !buried) {
      buried = true;
      burial.run();
    }
  }
}
