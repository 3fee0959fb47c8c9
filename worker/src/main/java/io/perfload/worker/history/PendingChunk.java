// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.SeriesSet;

/** A chunk on its way to the store, and who wants to know. Each is only equal to itself. */
final class PendingChunk {
  private final PackedChunk chunk;
  private final SeriesSet set;
  private final ChunkIntake.Outcome outcome;

  PendingChunk(PackedChunk chunk, SeriesSet set, ChunkIntake.Outcome outcome) {
    this.chunk = chunk;
    this.set = set;
    this.outcome = outcome;
  }

  PackedChunk chunk() {
    return chunk;
  }

  SeriesSet set() {
    return set;
  }

  ChunkIntake.Outcome outcome() {
    return outcome;
  }

  int bytes() {
    return chunk.bytes().length;
  }
}
