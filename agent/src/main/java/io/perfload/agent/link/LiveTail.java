// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import io.perfload.agent.sample.Reading;
import io.perfload.common.chunk.Tier;
import java.util.Optional;

/**
 * The newest readings, in a ring: what is live, and what a new worker needs to know of the open
 * minute. Readings have positions, counted from 0. A reader that falls behind by more than {@value
 * #CAPACITY} misses the oldest; their minute's chunk still has them. Any thread.
 */
public final class LiveTail {
  static final int CAPACITY = 128;

  private final Reading[] ring = new Reading[CAPACITY];
  private long next;

  public synchronized void add(Reading reading) {
    ring[(int) (next % CAPACITY)] = reading;
    next++;
  }

  /** The reading at {@code position}; nothing if there is none yet, or none any more. */
  synchronized Optional<Reading> at(long position) {
    return position < next && position >= oldest()
        ? Optional.of(ring[(int) (position % CAPACITY)])
        : Optional.empty();
  }

  /** The first position there is a reading for, or will be, from {@code position} on. */
  synchronized long from(long position) {
    return Math.max(position, oldest());
  }

  /** Where the minute of the newest reading begins. */
  synchronized long openMinute() {
    long position = next;
    while (position > oldest() && isOfNewestMinute(position - 1)) {
      position--;
    }
    return position;
  }

  private boolean isOfNewestMinute(long position) {
    return minute(position) == minute(next - 1);
  }

  private long minute(long position) {
    return Tier.SECOND.startOf(ring[(int) (position % CAPACITY)].takenAtMs());
  }

  private long oldest() {
    return Math.max(0, next - CAPACITY);
  }
}
