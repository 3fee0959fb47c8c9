// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static java.util.Objects.requireNonNull;

import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.PackedChunk;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where sealed chunks are kept, each under its id. A call that returned is durable: acknowledged by
 * a majority and in the journal. Any thread but an event loop: calls block, but never for long. A
 * {@link RuntimeException} of a call says that something is wrong with what was given, not with the
 * store.
 */
public interface ChunkStore {
  /** As many ids or chunks as one call may name. */
  int MAX_BATCH = 500;

  /**
   * Stores every chunk whose id is free; the others change nothing. The same id may come twice: one
   * of them is stored.
   *
   * @param expiresAtMs when all of them may go (Unix time, milliseconds)
   * @return an entry a chunk, in the order given
   * @throws StoreUnavailable if no answer came in time; some may be stored, repeating is safe
   */
  List<Insertion> insert(List<PackedChunk> chunks, long expiresAtMs) throws StoreUnavailable;

  /**
   * Looks ids up, as a majority has them; an absent id is not in the answer.
   *
   * @throws StoreUnavailable if no answer came in time; repeating is safe
   */
  Map<ChunkId, Found> find(Collection<ChunkId> ids) throws StoreUnavailable;

  /**
   * Puts {@code chunk} in the place of the revision {@code rev} of the same id.
   *
   * @return false if another revision, or none, is stored
   * @throws StoreUnavailable if no answer came in time; the outcome is unknown
   */
  boolean replace(PackedChunk chunk, long rev, long expiresAtMs) throws StoreUnavailable;

  /**
   * Deletes those of {@code ids} that expired before {@code nowMs}; for servers that do not do it
   * by themselves.
   *
   * @return how many went
   */
  long deleteExpired(Collection<ChunkId> ids, long nowMs) throws StoreUnavailable;

  /** Until when somebody has deleted what expired; nothing if nobody ever did. */
  OptionalLong sweptUntil() throws StoreUnavailable;

  /**
   * Claims the time from {@code from} to {@code to} for deletion.
   *
   * @param from what {@link #sweptUntil} said
   * @return false if somebody else was first
   */
  boolean claimSweep(OptionalLong from, long to) throws StoreUnavailable;

  /** What became of one insertion. */
  enum Insertion {
    /** It is there now and was not before. */
    STORED,
    /** Its id is taken. */
    TAKEN,
    /** The store will never accept it. */
    REJECTED,
    /** It was not stored now, though others were; it may be another time. */
    FAILED
  }

  /**
   * What is stored under an id.
   *
   * @param rev grows with each replacement; what a replacement must name
   * @param chunk nothing when the bytes are no chunk of that id
   */
  record Found(long rev, Optional<PackedChunk> chunk) {
    public Found {
      requireNonNull(chunk, "chunk");
    }
  }
}
