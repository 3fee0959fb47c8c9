// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a session allows.
 *
 * @param credit chunks and gaps an agent may have unacknowledged at most, 1 to 64; how many it may
 *     have now depends on how many agents there are and on the room in the write queue
 * @param heldBytes bytes of chunks all sessions together may hold while the write queue is full;
 *     beyond it a session with such a chunk stops reading, and beyond twice as much it ends
 * @param ping how often the worker asks a quiet peer for its clock, a lively one a third as often
 * @param silence how long a connection may be without a whole frame
 * @param parting how long a peer that was told why it is closed may take to close
 * @param clockOff how far an agent's clock may be from ours
 * @param oldest how old a chunk may be
 * @param columns series that the hosts of one connection may have together
 */
public record SessionRules(
    int credit,
    long heldBytes,
    Duration ping,
    Duration silence,
    Duration parting,
    Duration clockOff,
    Duration oldest,
    int columns) {
  public static final SessionRules DEFAULTS =
      new SessionRules(
          64,
          32L << 20,
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofDays(1),
          Duration.ofDays(366),
          262_144);

  public SessionRules {
    requireNonNull(ping, "ping");
    requireNonNull(silence, "silence");
    requireNonNull(parting, "parting");
    requireNonNull(clockOff, "clockOff");
    requireNonNull(oldest, "oldest");
    if (credit < 1 || credit > 64) {
      throw new IllegalArgumentException("credit: " + credit + " (expected: 1 to 64)");
    }
  }
}
