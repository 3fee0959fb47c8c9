// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import io.perfload.common.wire.WorkerMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chunks and gaps of one connection in the order they came, until they are acknowledged in that
 * order. Confined to the connection's event loop.
 */
final class ChunkLedger {
  private static final String STORED = "";
  private static final int FIRST_CAPACITY = 4;

  private final int capacity;
  private @Nullable String[] outcomes;
  private long received;
  private long acknowledged;

  /** Has room for {@code capacity} of them without an acknowledgement. */
  ChunkLedger(int capacity) {
    this.capacity = capacity;
    outcomes = new @Nullable String[Math.min(capacity, FIRST_CAPACITY)];
  }

  boolean isFull() {
    return received - acknowledged == capacity;
  }

  boolean isEmpty() {
    return received == acknowledged;
  }

  /** Enters one more and returns its place in the order sent, from 0. */
  long enter() {
    if (received - acknowledged == outcomes.length) {
      grow();
    }
    return received++;
  }

  void stored(long chunk) {
    outcomes[at(chunk)] = STORED;
  }

  void refused(long chunk, String reason) {
    outcomes[at(chunk)] = reason;
  }

  /** Whether the fate of the oldest is known. */
  boolean hasNews() {
    return acknowledged < received && outcomes[at(acknowledged)] != null;
  }

  /** Takes those off whose fate, and that of all before them, is known; there may be none. */
  WorkerMessage.Ack acknowledge(int credit) {
    List<WorkerMessage.Refusal> refusals = new ArrayList<>(0);
    while (acknowledged < received) {
      String outcome = outcomes[at(acknowledged)];
      if (outcome == null) {
        break;
      }
      if (!outcome.equals(STORED)) {
        refusals.add(new WorkerMessage.Refusal(acknowledged, outcome));
      }
      outcomes[at(acknowledged)] = null;
      acknowledged++;
    }
    return new WorkerMessage.Ack(acknowledged, refusals, credit);
  }

  private void grow() {
    @Nullable String[] before = outcomes;
    outcomes = new @Nullable String[Math.min(capacity, before.length * 2)];
    for (long place = acknowledged; place < received; place++) {
      outcomes[at(place)] = before[(int) (place % before.length)];
    }
  }

  private int at(long chunk) {
    return (int) (chunk % outcomes.length);
  }
}
