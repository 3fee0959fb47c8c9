// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

/** Something on its way to the store, and who wants to know. Each is only equal to itself. */
abstract sealed class Pending permits PendingChunk, PendingGap {
  private final Arrival arrival;
  private final ChunkIntake.Outcome outcome;

  /** How often it failed while the store answered; the writer's that took it. */
  int failures;

  Pending(Arrival arrival, ChunkIntake.Outcome outcome) {
    this.arrival = arrival;
    this.outcome = outcome;
  }

  Arrival arrival() {
    return arrival;
  }

  ChunkIntake.Outcome outcome() {
    return outcome;
  }

  /** What it takes of the queue. */
  abstract int bytes();
}
