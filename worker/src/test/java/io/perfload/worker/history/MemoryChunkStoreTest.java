// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

class MemoryChunkStoreTest extends ChunkStoreContract {
  private final MemoryChunkStore store = new MemoryChunkStore();

  @Override
  protected ChunkStore store() {
    return store;
  }
}
