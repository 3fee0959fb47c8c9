// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import io.perfload.common.model.HostId;

/**
 * When within the half minute after its end a minute's chunk is sent: another time for each host,
 * so that a fleet does not speak at once, and always the same for one.
 *
 * @param millis 0 to 29,999
 */
record SendOffset(long millis) {
  private static final long SPREAD_MS = 30_000;

  static SendOffset of(HostId host) {
    long mixed = (host.high() ^ host.low()) * 0x9E3779B97F4A7C15L;
    return new SendOffset(Long.remainderUnsigned(mixed >>> 16, SPREAD_MS));
  }

  /** Whether it is time for a chunk that ended at {@code endMs}, or can't be told by this clock. */
  boolean isOver(long endMs, long nowMs) {
    long left = endMs + millis - nowMs;
    return left <= 0 || left > 2 * SPREAD_MS;
  }
}
