// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.redis;

import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next try: twice as long each time, with jitter. One thread. */
final class Backoff {
  private static final long FIRST_MS = 50;
  private static final long LAST_MS = 1_000;

  private long nextMs = FIRST_MS;

  void reset() {
    nextMs = FIRST_MS;
  }

  /** Returns milliseconds: half to all of the current step. */
  long next() {
    long step = nextMs;
    nextMs = Math.min(LAST_MS, nextMs * 2);
    return step / 2 + ThreadLocalRandom.current().nextLong(step / 2 + 1);
  }
}
