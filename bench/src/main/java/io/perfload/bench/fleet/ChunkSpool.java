// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

/**
 * The minutes of one agent that nobody acknowledged yet, oldest first, and how many of them are on
 * their way on this connection. At most {@value #CAPACITY}: one more pushes out the oldest that is
 * not on its way. Confined to its agent's event loop.
 */
final class ChunkSpool {
  static final int CAPACITY = 64;

  /** More are never on their way, whatever the credit. */
  private static final int MAX_SENT = 32;

  private final long[] starts = new long[CAPACITY];
  private int first;
  private int size;
  private int sent;
  private long acknowledged;

  /** Adds a minute; returns whether another one had to go for it. */
  boolean add(long startMs) {
    boolean full = size == CAPACITY;
    if (full) {
      dropOldestUnsent();
    }
    starts[(first + size++) % CAPACITY] = startMs;
    return full;
  }

  /** A new connection: nothing is on its way. */
  void reconnected() {
    sent = 0;
    acknowledged = 0;
  }

  /** Whether there is one to send within {@code credit}. */
  boolean hasNext(int credit) {
    return sent < size && sent < Math.min(credit, MAX_SENT);
  }

  /** The minute that {@link #send} would send. */
  long next() {
    return starts[(first + sent) % CAPACITY];
  }

  /** Takes note that the next one is on its way. */
  void send() {
    sent++;
  }

  /**
   * Takes note of an acknowledgement.
   *
   * @param chunks of this connection, cumulative
   * @return how many it newly acknowledges; a number above what was sent counts as what was sent
   */
  int acknowledge(long chunks) {
    int more = (int) Math.max(0, Math.min(chunks - acknowledged, sent));
    acknowledged += more;
    first = (first + more) % CAPACITY;
    size -= more;
    sent -= more;
    return more;
  }

  /** How many are not acknowledged. */
  int size() {
    return size;
  }

  private void dropOldestUnsent() {
    for (int i = sent; i < size - 1; i++) {
      starts[(first + i) % CAPACITY] = starts[(first + i + 1) % CAPACITY];
    }
    size--;
  }
}
