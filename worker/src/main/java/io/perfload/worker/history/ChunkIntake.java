// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SeriesSet;

/**
 * Where sessions hand in sealed chunks, and gaps, to be stored. Event loops call; nothing here
 * blocks.
 */
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
  boolean offer(PackedChunk chunk, SeriesSet set, Arrival arrival, Outcome outcome);

  /**
   * Takes a gap to be stored.
   *
   * @param host whose samples are missing
   * @return as for a chunk
   */
  boolean offer(HostId host, LostSamples lost, Arrival arrival, Outcome outcome);

  /** Calls {@code callback} once, on any thread, when there is room again; at once if there is. */
  void whenRoom(Runnable callback);

  /** What may wait or be under way to the store at once. */
  Capacity capacity();

  /**
   * Bounds of what was taken and is not settled.
   *
   * @param chunks of chunks and gaps together
   * @param bytes packed
   */
  record Capacity(int chunks, long bytes) {}

  /** What became of one chunk or gap. */
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
