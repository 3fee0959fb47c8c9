// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.chunk.ChunkId;
import java.util.ArrayList;
import java.util.List;

/** Remembers what was told of chunks. Any thread. */
public final class Outcomes {
  private final List<ChunkId> stored = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  public ChunkIntake.Outcome of(ChunkId id) {
    return new ChunkIntake.Outcome() {
      @Override
      public void stored() {
        synchronized (Outcomes.this) {
          stored.add(id);
        }
      }

      @Override
      public void refused(String reason) {
        synchronized (Outcomes.this) {
          refused.add(reason);
        }
      }
    };
  }

  /** Whether so many were told of. */
  public synchronized boolean settled(int count) {
    return stored.size() + refused.size() >= count;
  }

  public synchronized List<ChunkId> stored() {
    return List.copyOf(stored);
  }

  public synchronized List<String> refused() {
    return List.copyOf(refused);
  }
}
