// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the store is asked again: doubles from 100 ms to 5 s, a random half of it
 * taken off so that workers do not come back at once. Confined to one thread.
 */
final class RetryDelay {
  private static final long FIRST_MS = 100;
  private static final long LONGEST_MS = 5_000;

  private final RandomGenerator random;
  private long nextMs = FIRST_MS;

  RetryDelay(RandomGenerator random) {
    this.random = random;
  }

  long nextMs() {
    long full = nextMs;
    nextMs = Math.min(LONGEST_MS, nextMs * 2);
    return full / 2 + random.nextLong(full / 2 + 1);
  }

  void reset() {
    nextMs = FIRST_MS;
  }
}
