// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

/**
 * When something came: by our clock and by its agent's. Only what both agree on is held against it,
 * so a clock that jumps, ours or theirs, makes nobody refuse for ever what was good a moment ago.
 *
 * @param atMs by our clock (Unix time, milliseconds)
 * @param agentMs by the clock of the agent, as far as we know it
 */
public record Arrival(long atMs, long agentMs) {
  /** The lesser of both. */
  public long earliestMs() {
    return Math.min(atMs, agentMs);
  }

  /** The greater of both. */
  public long latestMs() {
    return Math.max(atMs, agentMs);
  }
}
