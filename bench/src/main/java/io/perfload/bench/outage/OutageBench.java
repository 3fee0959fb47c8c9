// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.outage;

import com.fasterxml.jackson.databind.JsonNode;
import io.perfload.bench.fleet.FleetCounts;
import io.perfload.bench.fleet.FleetPlan;
import io.perfload.bench.fleet.SimulatedFleet;
import io.perfload.bench.fleet.SimulatedMachine;
import io.perfload.bench.process.Child;
import io.perfload.bench.process.Children;
import io.perfload.bench.report.Machine;
import io.perfload.bench.stack.ResourceMeter;
import io.perfload.bench.stack.Stack;
import io.perfload.bench.watch.Watchers;
import io.perfload.common.model.HostId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Takes the store away from a whole Perfload under load and gives it back. Blocks; one thread. */
final class OutageBench {
  private static final Duration CONNECT_WITHIN = Duration.ofMinutes(2);
  private static final Duration DRAIN_WITHIN = Duration.ofMinutes(15);
  private static final Duration SETTLE_WITHIN = Duration.ofMinutes(3);
  private static final int CONNECTS_PER_SECOND = 500;
  private static final int PING_EVERY = 4;
  private static final long POLL_MS = 100;
  private static final long MINUTE_MS = 60_000;

  /** A minute is due, for every agent, half a minute and a second after it is over. */
  private static final long DUE_AFTER_MS = 31_000;

  private final OutagePlan plan;
  private final Consumer<String> progress;
  private final List<Phase> phases = new ArrayList<>();

  OutageBench(OutagePlan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /** Starts everything, measures, compares, ends everything. */
  OutageReport run() throws IOException, InterruptedException {
    Machine machine = Machine.here();
    try (var children = new Children()) {
      progress.accept("Starting the stores, the master and " + plan.workers() + " workers.");
      Stack stack = Stack.start(children, plan.workers());
      boolean awayFirst = plan.before().isZero();
      if (awayFirst) {
        stack.store().kill();
      }
      try (var fleet = new SimulatedFleet(fleetPlan(stack))) {
        fleet.start();
        if (!fleet.awaitLive(plan.hosts(), CONNECT_WITHIN)) {
          throw new IOException("only " + fleet.counts() + " of " + plan.hosts() + " came up");
        }
        progress.accept(plan.hosts() + " agents are live; letting them settle.");
        sleep(plan.warmUp());
        try (var watchers = new Watchers(stack.address(), watched());
            var meter = new ResourceMeter(processes(stack))) {
          var laps = new Laps(fleet, watchers, meter);
          return new OutageReport(machine, plan, phases, measure(stack, fleet, laps));
        }
      }
    }
  }

  private OutageReport.Outcome measure(Stack stack, SimulatedFleet fleet, Laps laps)
      throws IOException, InterruptedException {
    laps.begin();
    if (!plan.before().isZero()) {
      progress.accept("Calm for " + plan.before().toSeconds() + " s.");
      sleep(plan.before());
      phases.add(laps.end("before"));
      stack.store().kill();
    }
    progress.accept("The store is killed; it comes back in " + plan.outage().toSeconds() + " s.");
    sleep(plan.outage());
    phases.add(laps.end("outage"));
    stack.check();
    Return back = bringBack(stack, fleet);
    phases.add(laps.end("drain"));
    progress.accept(
        back.backlog() + " minutes stored " + back.drainSeconds() + " s after the store's return.");
    sleep(plan.after());
    phases.add(laps.end("after"));
    long endMs = settle(fleet);
    stack.check();
    List<OutageReport.Worker> workers = workers(stack);
    progress.accept("Reading back every second of every host.");
    long began = System.nanoTime();
    StoredMinutes.Compared compared =
        new StoredMinutes(stack, plan.seriesAHost()).compare(fleet.firstSeconds(), endMs / 1000);
    double readSeconds = (System.nanoTime() - began) / 1e9;
    FleetCounts counts = fleet.counts();
    return new OutageReport.Outcome(
        back, compared, readSeconds, counts, workers, stack.store().fileBytes());
  }

  private Return bringBack(Stack stack, SimulatedFleet fleet)
      throws IOException, InterruptedException {
    long startedAt = System.nanoTime();
    stack.store().start();
    long answeredAt = System.nanoTime();
    long dueBefore = floor(System.currentTimeMillis() - DUE_AFTER_MS);
    int backlog = fleet.keptBefore(dueBefore);
    progress.accept("The store is back; " + backlog + " minutes wait for it.");
    long end = answeredAt + DRAIN_WITHIN.toNanos();
    int left = backlog;
    while (left > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
      left = fleet.keptBefore(dueBefore);
    }
    return new Return(
        backlog,
        left,
        (answeredAt - startedAt) / 1e9,
        Math.round((System.nanoTime() - answeredAt) / 1e8) / 10.0);
  }

  /** Waits until the minutes up to now are stored, and returns where they end. */
  private long settle(SimulatedFleet fleet) throws InterruptedException {
    long endMs = floor(System.currentTimeMillis());
    long end = System.nanoTime() + SETTLE_WITHIN.toNanos();
    while (fleet.keptBefore(endMs) > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    return endMs;
  }

  private static List<OutageReport.Worker> workers(Stack stack) throws IOException {
    List<OutageReport.Worker> workers = new ArrayList<>();
    for (Map.Entry<Long, JsonNode> one : stack.stats().entrySet()) {
      JsonNode stats = one.getValue();
      JsonNode queue = stats.path("writeQueue");
      JsonNode chunks = stats.path("chunks");
      workers.add(
          new OutageReport.Worker(
              stats.path("answeredBy").path("slot").asInt(),
              stats.path("sessions").asInt(),
              queue.path("highWater").asLong(),
              queue.path("highWaterBytes").asLong(),
              queue.path("blocked").asLong(),
              chunks.path("inserted").asLong(),
              chunks.path("repeated").asLong(),
              chunks.path("merged").asLong(),
              chunks.path("refused").asLong(),
              chunks.path("failures").asLong()));
    }
    return workers;
  }

  private FleetPlan fleetPlan(Stack stack) {
    return new FleetPlan(
        stack.address(),
        plan.hosts(),
        0,
        plan.sources(),
        1,
        CONNECTS_PER_SECOND,
        PING_EVERY,
        plan.keptMinutes());
  }

  private List<HostId> watched() {
    int every = Math.max(1, plan.hosts() / Math.max(1, plan.watchers()));
    return IntStream.range(0, Math.min(plan.hosts(), plan.watchers()))
        .mapToObj(i -> new SimulatedMachine(i * every).profile().id())
        .toList();
  }

  private static Map<String, Supplier<List<Long>>> processes(Stack stack) {
    Map<String, Supplier<List<Long>>> processes = new LinkedHashMap<>();
    processes.put("master", () -> List.of(stack.master().pid()));
    processes.put("workers", () -> stack.workers().stream().map(Child::pid).toList());
    processes.put("store", () -> stack.store().pids());
    processes.put("load", () -> List.of(ProcessHandle.current().pid()));
    return processes;
  }

  private static long floor(long ms) {
    return ms - Math.floorMod(ms, MINUTE_MS);
  }

  private static void sleep(Duration span) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(span.toNanos());
  }

  /**
   * How the backlog went.
   *
   * @param backlog minutes that were due and not acknowledged when the store answered again
   * @param left of those, when patience ended
   * @param startSeconds from the store's start to its first answer
   * @param drainSeconds from then until the last of them was acknowledged
   */
  record Return(int backlog, int left, double startSeconds, double drainSeconds) {}

  /** Cuts what fleet, watchers and processes do into phases. */
  private static final class Laps {
    private final SimulatedFleet fleet;
    private final Watchers watchers;
    private final ResourceMeter meter;
    private FleetCounts from;
    private long sinceNanos;

    Laps(SimulatedFleet fleet, Watchers watchers, ResourceMeter meter) {
      this.fleet = fleet;
      this.watchers = watchers;
      this.meter = meter;
      from = fleet.counts();
    }

    void begin() {
      end("");
    }

    Phase end(String name) {
      Watchers.Seen seen = watchers.lap();
      FleetCounts now = fleet.counts();
      long nanos = System.nanoTime();
      var phase =
          new Phase(
              name,
              (nanos - sinceNanos) / 1e9,
              Phase.percentiles(seen.samples(), 1),
              Phase.percentiles(seen.rows(), 1),
              Phase.percentiles(fleet.rtt(), 1e6),
              Phase.percentiles(fleet.lag(), 1e6),
              seen.missing(),
              seen.twice(),
              seen.lost(),
              now.since(from),
              meter.lap());
      from = now;
      sinceNanos = nanos;
      return phase;
    }
  }
}
