// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.common.model.SpoolReport.State;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * What an operator has to know of the spool: said in the log at each change, and asked for by the
 * link. A state that is bad is told at once; a better one only after a while without a reason for
 * the worse, so that a disk that fails now and then does not make it flicker. Any thread.
 */
final class Health {
  private static final Logger LOG = System.getLogger("agent.spool");

  /** A disk that was written again without failure for so long is well. */
  static final long WRITABLE_AFTER_MS = 30_000;

  /** Minutes are dropped one a minute: after two without, there is room again. */
  static final long ROOM_AFTER_MS = 150_000;

  // guarded by this
  private boolean failing;
  private Optional<Long> failedAtMs = Optional.empty();
  private Optional<Long> droppedAtMs = Optional.empty();

  /** All could be written. */
  synchronized void wrote() {
    if (failing) {
      failing = false;
      LOG.log(Level.INFO, "The spool can be written again");
    }
  }

  /** Something could not be written: it is in memory for now. */
  synchronized void failed(IOException cause, long nowMs) {
    failedAtMs = Optional.of(nowMs);
    if (!failing) {
      failing = true;
      LOG.log(
          Level.WARNING, "The spool cannot be written: samples are kept in memory for now", cause);
    }
  }

  /** A bound was reached: the oldest had to go. */
  synchronized void dropped(long startMs, long nowMs) {
    if (droppedAtMs.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "The spool is full and drops its oldest chunks: start="
              + startMs
              + " (said once, then counted)");
    }
    droppedAtMs = Optional.of(nowMs);
  }

  synchronized State state(long nowMs) {
    if (droppedAtMs.filter(at -> nowMs - at < ROOM_AFTER_MS).isPresent()) {
      return State.DROPPING;
    }
    boolean recently = failedAtMs.filter(at -> nowMs - at < WRITABLE_AFTER_MS).isPresent();
    return failing || recently ? State.MEMORY : State.OK;
  }
}
