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
    Weight without = weigh();
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
      Weight with = weigh();
      int masterWith = ProcessFacts.descriptors(front.doorPids());
      return new Held(
          plan.agents(),
          without,
          with,
          (with.resident() - without.resident()) / (double) plan.agents(),
          (with.heap() - without.heap()) / (double) plan.agents(),
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

  private Weight weigh() throws IOException, InterruptedException {
    long heap = Jdk.collect(front.worker().pid());
    TimeUnit.NANOSECONDS.sleep(plan.settle().toNanos());
    return new Weight(ProcessFacts.residentBytes(front.worker().pid()), heap);
  }

  private FleetPlan fleetPlan(int agents) {
    return new FleetPlan(
        front.address(), agents, 0, plan.sources(), 1, CONNECTS_PER_SECOND, PING_EVERY);
  }

  /**
   * A worker after a collection, in bytes.
   *
   * @param resident what the kernel has given it
   * @param heap what is alive in its heap
   */
  record Weight(long resident, long heap) {}

  /**
   * What was found.
   *
   * @param without the worker with no agent
   * @param with the worker with all of them
   * @param bytesPerHost the difference of resident memory, a host
   * @param heapBytesPerHost the difference of what is alive in its heap, a host: what a larger or
   *     smaller heap would not change
   * @param serverMicrosPerSample processor time of master and worker, chunks included
   * @param wireBytesPerHostSecond sent by an agent each second, chunks included
   * @param p99Ms round trip of a ping behind a sample
   * @param masterDescriptors how many more the master had with all of them
   * @param window what the fleet did meanwhile
   */
  record Held(
      int agents,
      Weight without,
      Weight with,
      double bytesPerHost,
      double heapBytesPerHost,
      double serverMicrosPerSample,
      double wireBytesPerHostSecond,
      double p99Ms,
      int masterDescriptors,
      FleetCounts window) {}
}
