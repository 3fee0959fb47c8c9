// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.child;

import java.time.Duration;

/**
 * How long to wait before a process that ended is started again: not at all the first time, then
 * longer and longer while it does not hold out. One that ended because it was asked to has not
 * failed. Confined to its owner's thread.
 */
final class RestartDelay {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Duration HELD_OUT = Duration.ofSeconds(10);
  private static final Duration ASKED = Duration.ofSeconds(1);
  private static final int DOUBLINGS = 10;

  private int failures;

  /** Counts an end, and returns the time to wait. */
  Duration after(Duration lived) {
    if (lived.compareTo(HELD_OUT) >= 0) {
      failures = 0;
    }
    int failure = failures++;
    if (failure == 0) {
      return Duration.ZERO;
    }
    Duration delay = FIRST.multipliedBy(1L << Math.min(DOUBLINGS, failure - 1));
    return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
  }

  /**
   * Returns the time to wait after an end without a fault: none, unless it ended as soon as it had
   * begun.
   */
  static Duration afterAsked(Duration lived) {
    return lived.compareTo(ASKED) >= 0 ? Duration.ZERO : ASKED.minus(lived);
  }

  /** How often it ended in a row without holding out. */
  int failures() {
    return failures;
  }
}
