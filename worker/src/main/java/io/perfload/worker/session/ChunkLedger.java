// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import io.perfload.common.wire.WorkerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of one connection in the order they came, until they are acknowledged in that order.
 * Confined to the connection's event loop.
 */
final class ChunkLedger {
  private static final String STORED = "";

  private final @Nullable String[] outcomes;
  private long received;
  private long acknowledged;

  /** Has room for {@code capacity} chunks without an acknowledgement. */
  ChunkLedger(int capacity) {
    outcomes = new @Nullable String[capacity];
  }

  boolean isFull() {
    return received - acknowledged == outcomes.length;
  }

  boolean isEmpty() {
    return received == acknowledged;
  }

  /** Enters one more chunk and returns its place in the order sent, from 0. */
  long enter() {
    return received++;
  }

  void stored(long chunk) {
    outcomes[at(chunk)] = STORED;
  }

  void refused(long chunk, String reason) {
    outcomes[at(chunk)] = reason;
  }

  /** Takes those chunks off whose fate, and that of all before them, is known. */
  Optional<WorkerMessage.Ack> acknowledge(int credit) {
    long before = acknowledged;
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
    return acknowledged == before
        ? Optional.empty()
        : Optional.of(new WorkerMessage.Ack(acknowledged, refusals, credit));
  }

  private int at(long chunk) {
    return (int) (chunk % outcomes.length);
  }
}
