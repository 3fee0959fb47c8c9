// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import java.util.random.RandomGenerator;

/**
 * Grows from 10 ms to half a second, each time between half and all of it. Confined to one thread.
 */
final class RetryDelay {
  private static final long FIRST_MILLIS = 10;
  private static final long LONGEST_MILLIS = 500;

  private final RandomGenerator random;
  private long next = FIRST_MILLIS;

  RetryDelay(RandomGenerator random) {
    this.random = random;
  }

  long nextMillis() {
    long delay = next / 2 + random.nextLong(next / 2 + 1);
    next = Math.min(LONGEST_MILLIS, next * 2);
    return delay;
  }

  void reset() {
    next = FIRST_MILLIS;
  }
}
