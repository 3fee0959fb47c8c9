// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: at random between a floor and a ceiling that doubles
 * with each attempt that leads nowhere. The first ceiling is low, so that an agent is back soon
 * after its worker died; chance keeps a fleet from coming back in one instant. Confined to one
 * thread.
 */
final class RetryDelay {
  private static final long FLOOR_MS = 200;
  private static final long FIRST_CEILING_MS = 600;
  private static final long LAST_CEILING_MS = 5_000;

  private final RandomGenerator random;
  private long ceilingMs = FIRST_CEILING_MS;

  RetryDelay(RandomGenerator random) {
    this.random = random;
  }

  /** Milliseconds to wait now. */
  long next() {
    long delay = random.nextLong(FLOOR_MS, ceilingMs + 1);
    ceilingMs = Math.min(LAST_CEILING_MS, ceilingMs * 2);
    return delay;
  }

  /** Something was achieved: the next attempt is the first again. */
  void reset() {
    ceilingMs = FIRST_CEILING_MS;
  }
}
