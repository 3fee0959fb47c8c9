// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static java.util.Objects.requireNonNull;

import io.perfload.common.chunk.ChunkId;

/**
 * A gap: a chunk that came and could not be kept.
 *
 * @param atMs when it was refused (Unix time, milliseconds)
 * @param reason one word, then what people need to know
 */
public record RefusedChunk(ChunkId id, long atMs, String reason) {
  public RefusedChunk {
    requireNonNull(id, "id");
    requireNonNull(reason, "reason");
  }
}
