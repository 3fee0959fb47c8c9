// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import io.perfload.bench.fleet.FleetPlan;
import io.perfload.bench.fleet.SimulatedFleet;
import io.perfload.bench.process.ProcessFacts;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** One measurement of a fleet at 1 Hz through one front. */
final class LiveRound {
  private static final Duration CONNECT_WITHIN = Duration.ofMinutes(1);
  private static final int CONNECTS_PER_SECOND = 4000;
  private static final int PING_EVERY = 4;

  private final DoorPlan plan;
  private final Measured measured;

  LiveRound(DoorPlan plan, Measured measured) {
    this.plan = plan;
    this.measured = measured;
  }

  /**
   * Brings a fleet up at {@code front}, watches it, ends it. Blocks.
   *
   * @throws IOException when it does not come up
   */
  void run(Front front) throws IOException, InterruptedException {
    int without = ProcessFacts.descriptors(front.doorPids());
    var fleetPlan =
        new FleetPlan(
            front.address(),
            plan.liveAgents(),
            0,
            plan.sources(),
            1,
            CONNECTS_PER_SECOND,
            PING_EVERY);
    try (var fleet = new SimulatedFleet(fleetPlan)) {
      fleet.start();
      if (!fleet.awaitLive(plan.liveAgents(), CONNECT_WITHIN)) {
        throw new IOException(
            "only " + fleet.counts().live() + " agents came up through " + front.kind().label());
      }
      TimeUnit.NANOSECONDS.sleep(plan.settle().toNanos());
      watch(front, fleet);
      int with = ProcessFacts.descriptors(front.doorPids());
      measured.add(front.kind(), Figure.LIVE_DESCRIPTORS, with - without);
    }
    TimeUnit.NANOSECONDS.sleep(plan.settle().toNanos());
  }

  private void watch(Front front, SimulatedFleet fleet) throws InterruptedException {
    fleet.rtt();
    fleet.lag();
    Usage before = Usage.of(front);
    long from = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(plan.liveSpan().toNanos());
    Histogram rtt = fleet.rtt();
    double percent = (System.nanoTime() - from) / 100.0;
    Usage.Spent spent = Usage.of(front).since(before);
    Front.Kind kind = front.kind();
    measured.add(kind, Figure.LIVE_FRONT, spent.front() / percent);
    measured.add(kind, Figure.LIVE_WORKER, spent.worker() / percent);
    measured.add(kind, Figure.LIVE_CLIENT, spent.client() / percent);
    measured.add(kind, Figure.LIVE_P50, rtt.getValueAtPercentile(50) / 1e6);
    measured.add(kind, Figure.LIVE_P99, rtt.getValueAtPercentile(99) / 1e6);
    measured.add(kind, Figure.LIVE_LAG, fleet.lag().getValueAtPercentile(99) / 1e6);
    measured.requests(fleet.counts().connected(), fleet.counts().lost());
  }
}
