// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.worker.history.Arrival;
import io.perfload.worker.history.ChunkIntake;

/** A gap on its way into the write queue. */
record HeldGap(AgentSession session, long place, Arrival arrival, HostId host, LostSamples lost)
    implements Held {
  private static final int BYTES = 128;

  @Override
  public int bytes() {
    return BYTES;
  }

  @Override
  public boolean offerTo(ChunkIntake intake) {
    return intake.offer(host, lost, arrival, session.outcome(place));
  }
}
