// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.SeriesSet;

/** A chunk on its way to the store. */
final class PendingChunk extends Pending {
  private final PackedChunk chunk;
  private final SeriesSet set;

  PendingChunk(PackedChunk chunk, SeriesSet set, Arrival arrival, ChunkIntake.Outcome outcome) {
    super(arrival, outcome);
    this.chunk = chunk;
    this.set = set;
  }

  PackedChunk chunk() {
    return chunk;
  }

  SeriesSet set() {
    return set;
  }

  @Override
  int bytes() {
    return chunk.bytes().length;
  }
}
