// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import java.time.Duration;

/**
 * How long we have been listening without a break. A process that was stopped, or a machine that
 * was asleep, heard nobody meanwhile: others are not silent because of that. Confined to one
 * thread.
 */
final class Attention {
  private final long longestNanos;
  private boolean begun;
  private long lastNanos;
  private long sinceNanos;

  /**
   * @param longest no more time than this passes between two looks unless there was a break
   */
  Attention(Duration longest) {
    this.longestNanos = longest.toNanos();
  }

  /** Looks, to be done regularly; returns milliseconds since the last break. */
  long forMs(long nowNanos) {
    if (!begun) {
      begun = true;
      sinceNanos = nowNanos - Duration.ofDays(1).toNanos();
    } else if (nowNanos - lastNanos > longestNanos) {
      sinceNanos = nowNanos;
    }
    lastNanos = nowNanos;
    return (nowNanos - sinceNanos) / 1_000_000;
  }
}
