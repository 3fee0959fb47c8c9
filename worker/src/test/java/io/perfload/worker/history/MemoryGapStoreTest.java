// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

class MemoryGapStoreTest extends GapStoreContract {
  private final MemoryGapStore store = new MemoryGapStore();

  @Override
  protected GapStore store() {
    return store;
  }
}
