// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import java.time.Duration;

/** Tells when something that costs more than a glance is due again. */
final class Pace {
  private final long everyNanos;
  private boolean begun;
  private long lastNanos;

  Pace(Duration every) {
    everyNanos = every.toNanos();
  }

  /** Whether it is time; if so, the next time is counted from {@code nanoTime}. */
  boolean isDue(long nanoTime) {
    if (begun && nanoTime - lastNanos < everyNanos) {
      return false;
    }
    begun = true;
    lastNanos = nanoTime;
    return true;
  }
}
