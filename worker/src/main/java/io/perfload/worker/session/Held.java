// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import io.perfload.worker.history.Arrival;
import io.perfload.worker.history.ChunkIntake;

/** A chunk or a gap of a session on its way into the write queue. */
sealed interface Held permits HeldChunk, HeldGap {
  AgentSession session();

  /** Its place in the order sent. */
  long place();

  Arrival arrival();

  /** What it takes in memory, about. */
  int bytes();

  /** Returns false if the queue is full. */
  boolean offerTo(ChunkIntake intake);
}
