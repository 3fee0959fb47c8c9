// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.SeriesSet;
import io.perfload.worker.history.Arrival;
import io.perfload.worker.history.ChunkIntake;

/** A chunk on its way into the write queue. */
record HeldChunk(
    AgentSession session, long place, Arrival arrival, PackedChunk chunk, SeriesSet set)
    implements Held {
  @Override
  public int bytes() {
    return chunk.bytes().length;
  }

  @Override
  public boolean offerTo(ChunkIntake intake) {
    return intake.offer(chunk, set, arrival, session.outcome(place));
  }
}
