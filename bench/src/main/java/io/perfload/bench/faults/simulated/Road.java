// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

/** How bytes travel in one run: how long it takes and into what pieces they are cut. */
final class Road {
  private final long latencyNanos;
  private final long nanosAByte;
  private boolean dribbling;

  /**
   * Decides on a road.
   *
   * @param latencyNanos one way
   * @param nanosAByte of bandwidth
   */
  Road(long latencyNanos, long nanosAByte) {
    this.latencyNanos = latencyNanos;
    this.nanosAByte = nanosAByte;
  }

  /** Whether bytes come one by one, or nearly. */
  void dribble(boolean on) {
    dribbling = on;
  }

  long delayNanos(World world, int bytes) {
    return world.about(latencyNanos) + bytes * nanosAByte;
  }

  int mostAtOnce(World world) {
    if (dribbling) {
      return 1 + world.random.nextInt(7) * world.random.nextInt(7);
    }
    return world.random.nextInt(16) == 0 ? 1 + world.random.nextInt(200) : Integer.MAX_VALUE;
  }
}
