// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

class MemorySeriesStoreTest extends SeriesStoreContract {
  private final MemorySeriesStore store = new MemorySeriesStore();

  @Override
  protected SeriesStore store() {
    return store;
  }
}
