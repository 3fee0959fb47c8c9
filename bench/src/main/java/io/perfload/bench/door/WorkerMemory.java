// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import io.perfload.bench.fleet.FleetCounts;
import io.perfload.bench.fleet.FleetPlan;
import io.perfload.bench.fleet.SimulatedFleet;
import io.perfload.bench.process.Jdk;
import io.perfload.bench.process.ProcessFacts;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Holds a fleet at 1 Hz at one worker behind our door, long enough for a minute to be sealed and
 * the worker's tails to be full, and weighs the worker before and after.
 */
final class WorkerMemory {
  private static final Duration CONNECT_WITHIN = Duration.ofMinutes(2);
  private static final int WARM_UP_SETTLES = 5;
  private static final int WARM_UP_AGENTS = 500;
  private static final int CONNECTS_PER_SECOND = 2000;

  /** Seldom: an answer costs the worker more than a sample does. */
  private static final int PING_EVERY = 60;

  private final DoorPlan plan;
  private final Front front;

  WorkerMemory(DoorPlan plan, Front front) {
    this.plan = plan;
    this.front = front;
  }

  /** Measures. Blocks for {@code holdSpan} and a while. */
  Held run() throws IOException, InterruptedException {
    warmUp();
    long without = weigh();
    int masterWithout = ProcessFacts.descriptors(front.doorPids());
    try (var fleet = new SimulatedFleet(fleetPlan(plan.agents()))) {
      fleet.start();
      if (!fleet.awaitLive(plan.agents(), CONNECT_WITHIN)) {
        throw new IOException("only " + fleet.counts() + " of " + plan.agents() + " came up");
      }
      TimeUnit.NANOSECONDS.sleep(plan.settle().toNanos());
      fleet.rtt();
      Usage before = Usage.of(front);
      FleetCounts from = fleet.counts();
      long began = System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(plan.holdSpan().toNanos());
      Usage.Spent spent = Usage.of(front).since(before);
      FleetCounts window = fleet.counts().since(from);
      double seconds = (System.nanoTime() - began) / 1e9;
      Histogram rtt = fleet.rtt();
      long with = weigh();
      int masterWith = ProcessFacts.descriptors(front.doorPids());
      return new Held(
          plan.agents(),
          without,
          with,
          (with - without) / (double) plan.agents(),
          (spent.front() + spent.worker()) / 1000.0 / Math.max(1, window.samples()),
          window.bytes() / seconds / plan.agents(),
          rtt.getValueAtPercentile(99) / 1e6,
          masterWith - masterWithout,
          window);
    }
  }

  private void warmUp() throws IOException, InterruptedException {
    int agents = Math.min(WARM_UP_AGENTS, plan.agents());
    try (var fleet = new SimulatedFleet(fleetPlan(agents))) {
      fleet.start();
      if (!fleet.awaitLive(agents, CONNECT_WITHIN)) {
        throw new IOException("only " + fleet.counts() + " of " + agents + " came up");
      }
      TimeUnit.NANOSECONDS.sleep(WARM_UP_SETTLES * plan.settle().toNanos());
    }
    TimeUnit.NANOSECONDS.sleep(plan.settle().toNanos());
  }

  private long weigh() throws IOException, InterruptedException {
    Jdk.collect(front.worker().pid());
    TimeUnit.NANOSECONDS.sleep(plan.settle().toNanos());
    return ProcessFacts.residentBytes(front.worker().pid());
  }

  private FleetPlan fleetPlan(int agents) {
    return new FleetPlan(
        front.address(), agents, 0, plan.sources(), 1, CONNECTS_PER_SECOND, PING_EVERY);
  }

  /**
   * What was found.
   *
   * @param residentWithout the worker's memory with no agent, in bytes, after a collection
   * @param residentWith with all of them
   * @param bytesPerHost the difference, a host
   * @param serverMicrosPerSample processor time of master and worker, chunks included
   * @param wireBytesPerHostSecond sent by an agent each second, chunks included
   * @param p99Ms round trip of a ping behind a sample
   * @param masterDescriptors how many more the master had with all of them
   * @param window what the fleet did meanwhile
   */
  record Held(
      int agents,
      long residentWithout,
      long residentWith,
      double bytesPerHost,
      double serverMicrosPerSample,
      double wireBytesPerHostSecond,
      double p99Ms,
      int masterDescriptors,
      FleetCounts window) {}
}
