// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.channel.EventLoopGroup;
import io.perfload.common.model.HostId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Agents against a stack, some faults, and what is left of it all. Used once, by one thread. */
final class RealRun {
  private static final Duration UP_WITHIN = Duration.ofSeconds(90);
  private static final Duration FELT_WITHIN = Duration.ofSeconds(20);
  private static final Duration HEALED_WITHIN = Duration.ofMinutes(2);
  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);

  private final RunPlan plan;
  private final Stack stack;
  private final DoorView door;
  private final SplittableRandom random;
  private final Oracle oracle = new Oracle();
  private final List<RunResult.Step> steps = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  RealRun(RunPlan plan, Stack stack) {
    this.plan = plan;
    this.stack = stack;
    this.door = new DoorView(stack.door());
    this.random = new SplittableRandom(plan.seed());
  }

  /** Runs. Whatever fails is in the result. */
  RunResult run(EventLoopGroup loops, Path directory) throws InterruptedException {
    long began = System.nanoTime();
    long duplicates = 0;
    long retries = 0;
    try (Fleet fleet = Fleet.start(directory, stack.door(), loops, oracle, random)) {
      try {
        awaitLive(fleet, UP_WITHIN, System.currentTimeMillis());
        befall(new Scene(stack, fleet, oracle, random, plan.longest()));
      } catch (IOException e) {
        problems.add("dead end: " + e.getMessage());
      }
      settle(fleet);
      look(fleet);
      duplicates = fleet.duplicates();
      retries = fleet.retries();
      fleet.ledgers().forEach(ledger -> problems.addAll(ledger.complaints()));
    } catch (IOException e) {
      problems.add("dead end: " + e.getMessage());
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return new RunResult(plan, steps, oracle.judge(), duplicates, retries, problems, seconds);
  }

  private void befall(Scene scene) throws IOException, InterruptedException {
    var kinds = new FaultKinds();
    for (String kind : plan.kinds()) {
      Fault fault = kinds.create(kind, random);
      TimeUnit.MILLISECONDS.sleep(random.nextLong(200, 2_500));
      long retries = scene.fleet().retries();
      long duplicates = scene.fleet().duplicates();
      long healMs = -1;
      try {
        fault.inject(scene);
        TimeUnit.NANOSECONDS.sleep(fault.lasts(scene).toNanos());
        Scene.await(FELT_WITHIN, () -> fault.isFelt(scene));
        fault.heal(scene);
        long healed = System.nanoTime();
        awaitLive(scene.fleet(), HEALED_WITHIN, System.currentTimeMillis());
        healMs = (System.nanoTime() - healed) / 1_000_000;
      } finally {
        steps.add(
            new RunResult.Step(
                kind,
                fault.details(),
                fault.happened(),
                healMs,
                scene.fleet().retries() - retries,
                scene.fleet().duplicates() - duplicates));
      }
      if (!fault.happened()) {
        problems.add("the fault did not happen: " + kind);
      }
    }
  }

  /**
   * Until every host has a live sample that came later than {@code sinceMs}, and the door is whole.
   */
  private void awaitLive(Fleet fleet, Duration within, long sinceMs)
      throws IOException, InterruptedException {
    List<HostId> waiting = new ArrayList<>(fleet.hosts());
    boolean live =
        Scene.await(
            within,
            () -> {
              waiting.removeIf(host -> door.lastSampleAtMs(host) > sinceMs);
              return waiting.isEmpty() && door.isUp();
            });
    if (!live) {
      throw new IOException(
          "no fresh sample of " + waiting + " since " + sinceMs + "; " + door.describe(waiting));
    }
  }

  /** No more readings: all there are must be stored or told as lost. Then the agents end. */
  private void settle(Fleet fleet) throws IOException, InterruptedException {
    List<AgentProcess> running =
        fleet.processes().stream().filter(process -> process.pid().isPresent()).toList();
    for (AgentProcess process : running) {
      process.beQuiet();
    }
    if (!Scene.await(SETTLED_WITHIN, () -> oracle.unsettled() == 0)) {
      problems.add("dead end: " + oracle.unsettled() + " readings are not settled");
    }
    for (AgentProcess process : running) {
      if (!process.stop()) {
        problems.add("agents did not end well: " + process.words());
      }
    }
  }

  /** Reads the store and asks the door for the same. */
  private void look(Fleet fleet) {
    Map<HostId, TreeMap<Long, Made>> found = new HashMap<>();
    try {
      new StoreReader(stack.storeAddress())
          .read(
              new HashSet<>(fleet.hosts()),
              made -> {
                oracle.stored(made);
                found
                    .computeIfAbsent(made.host(), unknown -> new TreeMap<>())
                    .put(made.second(), made);
              });
      for (Map.Entry<HostId, TreeMap<Long, Made>> host : found.entrySet()) {
        var history = new ShownHistory(oracle, host.getKey(), host.getValue());
        for (ShownHistory.Range range : history.ranges()) {
          Optional<JsonNode> answer = ask(host.getKey(), range);
          answer.ifPresent(history::check);
        }
      }
    } catch (IOException | RuntimeException e) {
      problems.add("dead end: what is stored could not be read: " + e.getMessage());
    }
  }

  private Optional<JsonNode> ask(HostId host, ShownHistory.Range range) throws IOException {
    return Optional.of(door.series(host, range.fromMs(), range.toMs(), range.points()));
  }
}
