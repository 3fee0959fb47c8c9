// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * What a fault can get hold of.
 *
 * @param random decides what is up to chance
 * @param longest how long a stop or a partition may last
 */
record Scene(Stack stack, Fleet fleet, Oracle oracle, RandomGenerator random, Duration longest) {
  private static final long LOOK_EVERY_MS = 150;

  /** A process of agents, by chance. */
  AgentProcess agents() {
    return fleet.processes().get(random.nextInt(fleet.processes().size()));
  }

  /** From the least up to {@link #longest}. */
  Duration upToLongest(Duration least) {
    long most = Math.max(least.toMillis(), longest.toMillis());
    return Duration.ofMillis(random.nextLong(least.toMillis(), most + 1));
  }

  /** Waits until something is so; false if it is not in time. */
  static boolean await(Duration within, BooleanSupplier isSo) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
    }
    return true;
  }

  /**
   * Waits until something is so.
   *
   * @throws IOException saying that {@code what} did not come
   */
  static void require(Duration within, String what, BooleanSupplier isSo)
      throws IOException, InterruptedException {
    if (!await(within, isSo)) {
      throw new IOException("no " + what + " within " + within.toSeconds() + " s");
    }
  }
}
