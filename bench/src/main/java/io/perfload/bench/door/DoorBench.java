// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import io.perfload.bench.process.Children;
import io.perfload.bench.process.Stores;
import io.perfload.bench.report.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares ways to a worker, interleaved: every round measures all of them, beginning with another
 * one each time. Blocks; one thread.
 */
final class DoorBench {
  private final DoorPlan plan;
  private final Consumer<String> progress;

  /**
   * @param progress told in a sentence what is going on
   */
  DoorBench(DoorPlan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /** Starts everything, measures, ends everything. */
  DoorReport run() throws IOException, InterruptedException {
    Machine machine = Machine.here();
    var measured = new Measured();
    List<String> missing;
    try (var children = new Children()) {
      progress.accept("Starting the stores, the fronts and a worker for each of them.");
      Stores stores = Stores.start(children);
      var fronts = new Fronts(children, stores, Math.max(plan.liveAgents(), plan.concurrency()));
      List<Front> all = fronts.start();
      missing = fronts.missing();
      missing.forEach(progress);
      connections(all, measured);
      live(all, measured);
    }
    return new DoorReport(machine, plan, missing, measured, memory());
  }

  private void connections(List<Front> fronts, Measured measured) throws InterruptedException {
    var round = new ConnectionRound(plan, measured);
    for (int i = 0; i < plan.warmUps() + plan.rounds(); i++) {
      boolean counts = i >= plan.warmUps();
      int number = i - plan.warmUps() + 1;
      progress.accept(
          counts
              ? "Connections and requests: round " + number + " of " + plan.rounds() + "."
              : "Connections and requests: a round to warm up, thrown away.");
      for (Front front : rotated(fronts, i)) {
        round.run(front, counts);
      }
    }
  }

  private void live(List<Front> fronts, Measured measured)
      throws IOException, InterruptedException {
    if (plan.liveAgents() == 0) {
      return;
    }
    if (plan.warmUps() > 0) {
      progress.accept(plan.liveAgents() + " live agents: a round to warm up, thrown away.");
      var warmUp = new LiveRound(plan, new Measured());
      for (Front front : fronts) {
        warmUp.run(front);
      }
    }
    var round = new LiveRound(plan, measured);
    for (int i = 0; i < plan.rounds(); i++) {
      progress.accept(
          plan.liveAgents() + " live agents: round " + (i + 1) + " of " + plan.rounds() + ".");
      for (Front front : rotated(fronts, i)) {
        round.run(front);
      }
    }
  }

  private Optional<WorkerMemory.Held> memory() throws IOException, InterruptedException {
    if (plan.agents() == 0) {
      return Optional.empty();
    }
    progress.accept("Holding " + plan.agents() + " agents at a fresh worker.");
    try (var children = new Children()) {
      Front front = new Fronts(children, Stores.start(children), plan.agents()).perfload("memory");
      AliveProbe.await(front.address(), List.of(front.worker()));
      return Optional.of(new WorkerMemory(plan, front).run());
    }
  }

  private static List<Front> rotated(List<Front> fronts, int by) {
    List<Front> rotated = new ArrayList<>(fronts);
    Collections.rotate(rotated, -by);
    return rotated;
  }
}
