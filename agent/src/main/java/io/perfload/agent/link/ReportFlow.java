// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import io.perfload.agent.spool.Spool;
import io.perfload.common.model.SpoolReport;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageEncoder;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What one connection is told of the spool: first of all, when its state changes, and every half
 * minute as long as the number of chunks that wait changes. Confined to the link's thread.
 */
final class ReportFlow {
  private static final long EVERY_NANOS = 30_000_000_000L;

  private final Spool spool;
  private final LongSupplier nanoTime;
  private Optional<SpoolReport> last = Optional.empty();
  private long toldAtNanos;

  ReportFlow(Spool spool, LongSupplier nanoTime) {
    this.spool = spool;
    this.nanoTime = nanoTime;
  }

  /** Writes a report if one is due. */
  void write(AgentMessageEncoder out) {
    SpoolReport now = spool.report();
    if (last.filter(told -> !isDue(told, now)).isPresent()) {
      return;
    }
    out.write(new AgentMessage.Spool(DeclaredSets.HOST, now));
    last = Optional.of(now);
    toldAtNanos = nanoTime.getAsLong();
  }

  private boolean isDue(SpoolReport told, SpoolReport now) {
    return told.state() != now.state()
        || (told.pendingChunks() != now.pendingChunks()
            && nanoTime.getAsLong() - toldAtNanos >= EVERY_NANOS);
  }
}
