// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Virtual time: events in their order; those of the same instant in an order that chance decides.
 * An event that waits for something runs the others meanwhile, see {@link #pass}. One thread.
 */
final class Timeline {
  static final long MS = 1_000_000L;
  static final long SECOND = 1_000_000_000L;

  private final PriorityQueue<Event> events = new PriorityQueue<>(256);
  private final SplittableRandom random;
  private long nowNanos;
  private long count;
  private long executed;

  Timeline(SplittableRandom random) {
    this.random = random;
  }

  long nanos() {
    return nowNanos;
  }

  long executed() {
    return executed;
  }

  /** Does {@code work} in so many nanoseconds, whoever lives then. */
  void after(long nanos, Runnable work) {
    add(nanos, Life.ETERNAL, work);
  }

  /** Does {@code work} in so many nanoseconds, if {@code life} is not over then. */
  void after(Life life, long nanos, Runnable work) {
    add(nanos, life, work);
  }

  /** Runs the next event; false if there is none before {@code untilNanos}. */
  boolean step(long untilNanos) {
    Event next = events.peek();
    if (next == null || next.atNanos > untilNanos) {
      return false;
    }
    events.remove();
    nowNanos = Math.max(nowNanos, next.atNanos);
    if (next.life.isOver()) {
      return true;
    }
    if (next.life.pausedUntilNanos() > nowNanos) {
      events.add(
          new Event(next.life.pausedUntilNanos(), random.nextInt(), count++, next.life, next.work));
      return true;
    }
    executed++;
    try {
      next.work.run();
    } catch (Crash crash) {
      // whose life it was is known to its machine
    }
    next.life.buryIfOver();
    return true;
  }

  /** Lets time pass, and all that happens meanwhile happen. */
  void pass(long nanos) {
    long until = nowNanos + nanos;
    while (step(until)) {}
    nowNanos = Math.max(nowNanos, until);
  }

  private void add(long nanos, Life life, Runnable work) {
    events.add(new Event(nowNanos + Math.max(0, nanos), random.nextInt(), count++, life, work));
  }

  private record Event(long atNanos, int tie, long number, Life life, Runnable work)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int order = Long.compare(atNanos, other.atNanos);
      if (order == 0) {
        order = Integer.compare(tie, other.tie);
      }
      return order == 0 ? Long.compare(number, other.number) : order;
    }
  }
}
