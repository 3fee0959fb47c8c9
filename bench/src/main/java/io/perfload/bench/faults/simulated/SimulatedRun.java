// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.perfload.agent.spool.SpoolLimits;
import io.perfload.bench.faults.oracle.Failure;
import io.perfload.bench.faults.oracle.Verdict;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run: some virtual minutes of faults, then calm until all is quiet, then the verdict. */
public final class SimulatedRun {
  private static final long START_MS = 1_800_000_000_000L;
  private static final long PATIENCE_NANOS = 15 * 60 * Timeline.SECOND;

  private final World world;
  private final SimulatedStore store;
  private final List<SimulatedWorker> workers = new ArrayList<>();
  private final List<SimulatedAgent> agents = new ArrayList<>();
  private final Weather weather;
  private final long stormNanos;

  private SimulatedRun(long seed, Plant plant, Optional<PrintStream> trace) {
    world = new World(seed, plant, trace);
    store = new SimulatedStore(world);
    var bus = new SimulatedBus(world);
    var owners = new SimulatedOwners(world);
    var road =
        new Road(
            world.about(2 * Timeline.MS),
            world.random.nextInt(4) == 0 ? world.random.nextInt(500_000) : 100);
    SimulatedWorker.Settings worker = workerSettings();
    int workerCount = 2 + world.random.nextInt(2);
    for (int slot = 0; slot < workerCount; slot++) {
      workers.add(new SimulatedWorker(world, slot, store, bus, owners, worker, START_MS));
    }
    var door = new Door(workers);
    int agentCount = 2 + world.random.nextInt(2);
    for (int number = 0; number < agentCount; number++) {
      agents.add(new SimulatedAgent(world, number, door, road, agentSettings(), START_MS));
    }
    stormNanos = (60 + world.random.nextInt(240)) * Timeline.SECOND;
    weather = new Weather(world, agents, workers, store, owners, road, stormNanos);
  }

  /**
   * Runs one seed.
   *
   * @param trace where its events are printed, if wanted
   */
  public static RunResult run(long seed, Plant plant, Optional<PrintStream> trace) {
    var run = new SimulatedRun(seed, plant, trace);
    try {
      return run.run(seed);
    } catch (RuntimeException e) {
      throw new IllegalStateException("seed " + seed + " failed in a way nobody foresaw", e);
    }
  }

  private RunResult run(long seed) {
    weather.begin();
    world.time.pass(stormNanos);
    weather.heal();
    boolean quiet = runUntilQuiet();
    if (!quiet) {
      agents.stream()
          .filter(agent -> !agent.hasSettled())
          .forEach(
              agent ->
                  world.oracle.fail(
                      Failure.DEAD_END,
                      agent.name() + " up=" + agent.isUp() + " " + agent.state()));
    }
    new ShownHistory(world, store).check(agents.stream().map(SimulatedAgent::host).toList());
    Verdict verdict = world.oracle.judge(store);
    return new RunResult(
        seed,
        verdict,
        world.mishaps,
        world.sightings,
        world.trace.hash(),
        world.time.nanos() / Timeline.MS,
        world.time.executed());
  }

  private boolean runUntilQuiet() {
    long until = world.time.nanos() + PATIENCE_NANOS;
    while (world.time.nanos() < until) {
      world.time.pass(Timeline.SECOND);
      if (agents.stream().allMatch(SimulatedAgent::hasSettled)) {
        return true;
      }
    }
    return false;
  }

  private SimulatedWorker.Settings workerSettings() {
    boolean tight = world.random.nextInt(3) == 0;
    return new SimulatedWorker.Settings(
        1 + world.random.nextInt(2),
        tight ? 1 + world.random.nextInt(3) : 1000,
        1 + world.random.nextInt(6),
        tight ? world.random.nextInt(1000) : 32L << 20,
        Duration.ofDays(1));
  }

  private SimulatedAgent.Settings agentSettings() {
    return new SimulatedAgent.Settings(
        world.random.nextInt(3) == 0 ? 5_000 : 1_000,
        world.random.nextInt(4) == 0
            ? new SpoolLimits((2 + world.random.nextInt(6)) * 8_192L, Duration.ofHours(24))
            : new SpoolLimits(64L << 20, Duration.ofHours(24)),
        world.random.nextInt(3) == 0);
  }
}
