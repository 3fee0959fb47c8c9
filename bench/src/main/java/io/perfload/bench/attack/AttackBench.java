// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.attack;

import com.fasterxml.jackson.databind.JsonNode;
import io.perfload.bench.fleet.FleetCounts;
import io.perfload.bench.fleet.FleetPlan;
import io.perfload.bench.fleet.SimulatedFleet;
import io.perfload.bench.fleet.SimulatedMachine;
import io.perfload.bench.process.Children;
import io.perfload.bench.process.ProcessFacts;
import io.perfload.bench.report.Machine;
import io.perfload.bench.stack.DescriptorLimit;
import io.perfload.bench.stack.ResourceMeter;
import io.perfload.bench.stack.Stack;
import io.perfload.bench.watch.Laps;
import io.perfload.bench.watch.Phase;
import io.perfload.bench.watch.StoredMinutes;
import io.perfload.bench.watch.Watchers;
import io.perfload.common.model.HostId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Honest agents at a whole Perfload, calm and under attack; then the same with few descriptors in
 * the master, then in one worker. Blocks; one thread.
 */
final class AttackBench {
  private static final Duration CONNECT_WITHIN = Duration.ofMinutes(2);
  private static final Duration ENDED_WITHIN = Duration.ofSeconds(45);
  private static final int CONNECTS_PER_SECOND = 500;
  private static final int SERIES_A_HOST = 2;

  /** The newest seconds may be on their way; those before are in a tail or in the store. */
  private static final long ON_THE_WAY_MS = 5_000;

  private final AttackPlan plan;
  private final Consumer<String> progress;

  AttackBench(AttackPlan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /** Runs all parts. */
  AttackReport run() throws IOException, InterruptedException {
    Machine machine = Machine.here();
    List<Part> parts = new ArrayList<>();
    parts.add(part("as in production", Stack.Limits.NONE));
    if (plan.descriptors() > 0) {
      var few = new DescriptorLimit(plan.descriptors());
      DescriptorLimit none = DescriptorLimit.NONE;
      String of = plan.descriptors() + " descriptors in ";
      parts.add(part(of + "the master", new Stack.Limits(few, none)));
      parts.add(part(of + "one worker", new Stack.Limits(none, few)));
    }
    return new AttackReport(machine, plan, parts);
  }

  private Part part(String name, Stack.Limits limits) throws IOException, InterruptedException {
    try (var children = new Children()) {
      progress.accept("Starting a Perfload: " + name + ".");
      Stack stack = Stack.start(children, plan.workers(), limits);
      try (var fleet = new SimulatedFleet(fleetPlan(stack))) {
        fleet.start();
        if (!fleet.awaitLive(plan.hosts(), CONNECT_WITHIN)) {
          throw new IOException("only " + fleet.counts() + " of " + plan.hosts() + " came up");
        }
        sleep(plan.warmUp());
        try (var watchers = new Watchers(stack.address(), watched());
            var meter = new ResourceMeter(processes(stack))) {
          return measure(name, stack, fleet, new Laps(fleet, watchers, meter));
        }
      }
    }
  }

  private Part measure(String name, Stack stack, SimulatedFleet fleet, Laps laps)
      throws IOException, InterruptedException {
    int descriptors = descriptors(stack);
    laps.begin();
    progress.accept("Calm for " + plan.calm().toSeconds() + " s.");
    sleep(plan.calm());
    Phase calm = laps.end("calm");
    Phase under;
    AttackTally.Counts crowd;
    long left;
    try (var attack = new Attack(stack.address(), plan.crowd())) {
      progress.accept("Attack for " + plan.attack().toSeconds() + " s.");
      attack.start();
      sleep(plan.attack());
      under = laps.end("attack");
      left = attack.awaitEnd(ENDED_WITHIN);
      crowd = attack.tally().counts();
    }
    Phase ending = laps.end("ending");
    stack.check();
    Map<String, Long> refusals = refusals(stack);
    int descriptorsAfter = descriptors(stack);
    progress.accept("Reading back every second of every host.");
    long endSecond = (System.currentTimeMillis() - ON_THE_WAY_MS) / 1000;
    StoredMinutes.Compared compared =
        new StoredMinutes(stack, SERIES_A_HOST).compare(fleet.firstSeconds(), endSecond);
    return new Part(
        name,
        List.of(calm, under, ending),
        crowd,
        left,
        refusals,
        descriptorsAfter - descriptors,
        compared,
        fleet.counts());
  }

  /** Why workers turned connections away, added up. */
  private static Map<String, Long> refusals(Stack stack) throws IOException {
    Map<String, Long> refusals = new TreeMap<>();
    for (JsonNode stats : stack.stats().values()) {
      for (Map.Entry<String, JsonNode> one : stats.path("refused").properties()) {
        refusals.merge(one.getKey(), one.getValue().asLong(), Long::sum);
      }
    }
    JsonNode door = stack.ask("/api/v1/door");
    refusals.merge("at the door", door.path("refused").asLong(), Long::sum);
    refusals.values().removeIf(count -> count == 0);
    return refusals;
  }

  private static int descriptors(Stack stack) throws IOException {
    List<Long> pids = new ArrayList<>(List.of(stack.master().pid()));
    stack.workers().forEach(worker -> pids.add(worker.pid()));
    return ProcessFacts.descriptors(pids);
  }

  /** Every sample has a ping behind it. */
  private FleetPlan fleetPlan(Stack stack) {
    return new FleetPlan(
        stack.address(), plan.hosts(), 0, plan.sources(), 1, CONNECTS_PER_SECOND, 1);
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
    for (int i = 0; i < stack.workers().size(); i++) {
      long pid = stack.workers().get(i).pid();
      processes.put("worker " + i, () -> List.of(pid));
    }
    processes.put("load", () -> List.of(ProcessHandle.current().pid()));
    return processes;
  }

  private static void sleep(Duration span) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(span.toNanos());
  }

  /**
   * What one Perfload had to bear.
   *
   * @param phases calm, attack, and until the last attacker was ended
   * @param crowd what attackers did
   * @param left attackers that were never ended
   * @param refusals counted by master and workers, by reason
   * @param descriptors how many more master and workers had afterwards than when it was calm
   * @param compared what is stored of honest hosts against what their machines made
   * @param fleet what honest agents did
   */
  record Part(
      String name,
      List<Phase> phases,
      AttackTally.Counts crowd,
      long left,
      Map<String, Long> refusals,
      int descriptors,
      StoredMinutes.Compared compared,
      FleetCounts fleet) {
    Part {
      phases = List.copyOf(phases);
      refusals = Map.copyOf(refusals);
    }

    Phase calm() {
      return phases.get(0);
    }

    Phase attack() {
      return phases.get(1);
    }
  }
}
