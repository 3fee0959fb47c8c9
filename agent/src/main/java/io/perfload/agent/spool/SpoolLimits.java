// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.common.chunk.Tier;
import java.time.Duration;

/**
 * How much the spool may keep; past either bound the oldest chunks go.
 *
 * @param bytes of space on disk that sealed chunks and their sets of series take
 * @param age counted in minutes that have readings, a chunk each, whatever the clock says
 */
public record SpoolLimits(long bytes, Duration age) {
  /** Chunks that cannot be written are kept in memory, but no more than these. */
  static final int MAX_UNWRITTEN = 256;

  static final int MAX_UNWRITTEN_BYTES = 512 << 10;

  /** As many sealed chunks may be kept. */
  long chunks() {
    return Math.max(1, age.toMillis() / Tier.SECOND.spanMs());
  }
}
