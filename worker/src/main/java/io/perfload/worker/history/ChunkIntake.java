// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.SeriesSet;

/** Where sessions hand in sealed chunks to be stored. Event loops call; nothing here blocks. */
public interface ChunkIntake {
  /**
   * Takes a chunk to be stored.
   *
   * @param set the set that the chunk names
   * @param outcome told once, on a writer's thread, when the store has acknowledged or can never
   *     take it
   * @return false if the queue is full: nothing was taken, the session stops reading and offers
   *     again after {@link #whenRoom}
   */
  boolean offer(PackedChunk chunk, SeriesSet set, Outcome outcome);

  /** Calls {@code callback} once, on any thread, when there is room again; at once if there is. */
  void whenRoom(Runnable callback);

  /** What became of one chunk. */
  interface Outcome {
    /** The store keeps it durably, or kept an equal one before. */
    void stored();

    /**
     * It can never be stored.
     *
     * @param reason one word for counters, then what people need to know
     */
    void refused(String reason);
  }
}
