// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.handover;

import java.time.Duration;

/**
 * The bounds of the handover.
 *
 * @param held the most connections accepted and not yet adopted, in all
 * @param stallAfter a slot whose oldest unanswered descriptor is older is passed over
 * @param patience connections wait in the backlog so long for a slot; then they are accepted and
 *     closed
 */
public record HandoverLimits(int held, Duration stallAfter, Duration patience) {
  public HandoverLimits {
    if (held < 1) {
      throw new IllegalArgumentException("held: " + held + " (expected: >= 1)");
    }
  }
}
