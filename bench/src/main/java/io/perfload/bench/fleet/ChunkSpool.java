// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import java.util.Arrays;

/**
 * The minutes of one agent that nobody acknowledged yet, oldest first, how many of them are on
 * their way on this connection, and the bytes of those that were sealed. At most {@value #CAPACITY}
 * minutes, a day, as an agent keeps by default: one more pushes out the oldest that is not on its
 * way. Confined to its agent's event loop.
 */
final class ChunkSpool {
  static final int CAPACITY = 1440;

  /** More are never on their way, whatever the credit. */
  static final int MAX_SENT = 32;

  private static final int FIRST_ROOM = 4;
  private static final byte[] OPEN = {};

  private long[] starts = new long[FIRST_ROOM];
  private byte[][] sealed = new byte[FIRST_ROOM][];
  private int first;
  private int size;
  private int sent;
  private int sealedCount;
  private long acknowledged;

  /** Adds a minute; returns whether another one had to go for it. */
  boolean add(long startMs) {
    boolean full = size == CAPACITY;
    if (full) {
      dropOldestUnsent();
    } else if (size == starts.length) {
      grow();
    }
    int place = at(size++);
    starts[place] = startMs;
    sealed[place] = OPEN;
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
    return starts[at(sent)];
  }

  /** Whether a minute is not sealed yet. */
  boolean hasOpen() {
    return sealedCount < size;
  }

  /** The oldest that is not sealed yet. */
  long oldestOpen() {
    return starts[at(sealedCount)];
  }

  /** Keeps the bytes of the oldest that is not sealed yet. */
  void seal(byte[] bytes) {
    sealed[at(sealedCount++)] = bytes;
  }

  /** Whether the next one to send is sealed. */
  boolean isNextSealed() {
    return sent < sealedCount;
  }

  /** Takes note that the next one, which is sealed, is on its way, and returns its bytes. */
  byte[] send() {
    return sealed[at(sent++)];
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
    for (int i = 0; i < more; i++) {
      sealed[at(i)] = OPEN;
    }
    first = at(more);
    size -= more;
    sent -= more;
    sealedCount -= more;
    return more;
  }

  /** How many are not acknowledged. */
  int size() {
    return size;
  }

  /** How many that began before {@code startMs} are not acknowledged. */
  int before(long startMs) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (starts[at(i)] < startMs) {
        count++;
      }
    }
    return count;
  }

  private int at(int place) {
    return (first + place) % starts.length;
  }

  private void grow() {
    int room = Math.min(CAPACITY, 2 * size);
    long[] moreStarts = new long[room];
    byte[][] moreSealed = new byte[room][];
    Arrays.fill(moreSealed, OPEN);
    for (int i = 0; i < size; i++) {
      moreStarts[i] = starts[at(i)];
      moreSealed[i] = sealed[at(i)];
    }
    starts = moreStarts;
    sealed = moreSealed;
    first = 0;
  }

  private void dropOldestUnsent() {
    if (sealedCount > sent) {
      sealedCount--;
    }
    for (int i = sent; i < size - 1; i++) {
      starts[at(i)] = starts[at(i + 1)];
      sealed[at(i)] = sealed[at(i + 1)];
    }
    size--;
  }
}
