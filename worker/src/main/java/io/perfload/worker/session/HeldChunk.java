// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.SeriesSet;

/**
 * A chunk the write queue had no room for.
 *
 * @param place its place in the order sent
 */
record HeldChunk(AgentSession session, long place, PackedChunk chunk, SeriesSet set) {
  int bytes() {
    return chunk.bytes().length;
  }
}
