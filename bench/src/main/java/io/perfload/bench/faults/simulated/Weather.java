// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Lets faults happen: which kinds and how often is decided once a run, so that some runs have many
 * of one kind and none of others. One thread.
 */
final class Weather {
  private static final long HOUR_MS = 3_600_000;
  private static final long SLOW_STORE_NANOS = 700 * Timeline.MS;

  private final World world;
  private final List<SimulatedAgent> agents;
  private final List<SimulatedWorker> workers;
  private final SimulatedStore store;
  private final SimulatedOwners owners;
  private final Road road;
  private final long untilNanos;
  private final Map<Mishap, Runnable> strikes = new EnumMap<>(Mishap.class);
  private boolean healed;

  Weather(
      World world,
      List<SimulatedAgent> agents,
      List<SimulatedWorker> workers,
      SimulatedStore store,
      SimulatedOwners owners,
      Road road,
      long untilNanos) {
    this.world = world;
    this.agents = agents;
    this.workers = workers;
    this.store = store;
    this.owners = owners;
    this.road = road;
    this.untilNanos = untilNanos;
    strikes.put(Mishap.AGENT_KILLED, this::killAgent);
    strikes.put(Mishap.AGENT_STOPPED, this::stopAgent);
    strikes.put(Mishap.POWER_CUT, this::cutPower);
    strikes.put(Mishap.CRASH_AT_STEP, this::crashAtStep);
    strikes.put(Mishap.CLOCK_STEP, this::stepClock);
    strikes.put(Mishap.MINUTES_AGAIN, this::liveMinutesAgain);
    strikes.put(Mishap.DISK_FULL, () -> spoilDisk(Mishap.DISK_FULL, SimulatedDisk.State.FULL));
    strikes.put(
        Mishap.DISK_READ_ONLY,
        () -> spoilDisk(Mishap.DISK_READ_ONLY, SimulatedDisk.State.READ_ONLY));
    strikes.put(
        Mishap.SYNC_FAILED, () -> spoilDisk(Mishap.SYNC_FAILED, SimulatedDisk.State.FAILING));
    strikes.put(Mishap.DISK_SLOW, this::slowDisk);
    strikes.put(Mishap.WORKER_KILLED, this::killWorker);
    strikes.put(Mishap.WORKER_PAUSED, this::pauseWorker);
    strikes.put(Mishap.WORKER_DRAINED, this::drainWorker);
    strikes.put(Mishap.STORE_AWAY, this::storeAway);
    strikes.put(Mishap.STORE_CRASHED, this::crashStore);
    strikes.put(Mishap.CONNECTION_CUT, this::cutConnection);
    strikes.put(Mishap.CONNECTION_RESET, this::resetConnection);
    strikes.put(Mishap.HALF_CLOSED, this::halfClose);
    strikes.put(Mishap.PARTITION, this::part);
    strikes.put(Mishap.DRIBBLE, this::dribble);
    strikes.put(Mishap.CONNECT_REFUSED, this::refuseConnects);
    strikes.put(Mishap.OWNERS_FLUSHED, this::forgetOwners);
  }

  /** Begins; the same seed, the same weather. */
  void begin() {
    world.time.after(500 * Timeline.MS, this::lookAfterTheDead);
    store.behave(
        world.about(world.chance(0.4) ? SLOW_STORE_NANOS : 2 * Timeline.MS),
        world.chance(0.5) ? world.random.nextDouble() * 0.3 : 0);
    List<Mishap> kinds = new ArrayList<>(strikes.keySet());
    int many = 1 + world.random.nextInt(kinds.size());
    for (int i = 0; i < many; i++) {
      Mishap kind = kinds.remove(world.random.nextInt(kinds.size()));
      long every = world.about((long) (10 + world.random.nextInt(80)) * Timeline.SECOND);
      again(kind, every);
    }
  }

  /** Ends all that is still wrong. */
  void heal() {
    healed = true;
    world.event("weather", "healed", 0);
    road.dribble(false);
    store.behave(2 * Timeline.MS, 0);
    store.awayUntil(world.time.nanos());
    for (SimulatedAgent agent : agents) {
      agent.disk().become(SimulatedDisk.State.FINE);
      agent.refuse(0);
      agent.expectFresh();
    }
  }

  private void again(Mishap kind, long every) {
    world.time.after(
        world.about(every),
        () -> {
          if (!healed && world.time.nanos() < untilNanos) {
            strikes.getOrDefault(kind, () -> {}).run();
            again(kind, every);
          }
        });
  }

  /** What died is started again after a while, as a supervisor would. */
  private void lookAfterTheDead() {
    for (SimulatedAgent agent : agents) {
      if (!agent.isUp() && (healed || world.chance(0.25))) {
        agent.start();
      }
    }
    for (SimulatedWorker worker : workers) {
      if (worker.life().isOver() && (healed || world.chance(0.25))) {
        worker.start();
      }
    }
    world.time.after(world.about(Timeline.SECOND), this::lookAfterTheDead);
  }

  // ---- agents

  private void killAgent() {
    SimulatedAgent agent = any(agents);
    if (agent.isUp()) {
      world.count(Mishap.AGENT_KILLED, agent.name());
      agent.kill();
    }
  }

  private void stopAgent() {
    SimulatedAgent agent = any(agents);
    world.count(Mishap.AGENT_STOPPED, agent.name());
    agent.stop();
  }

  private void cutPower() {
    SimulatedAgent agent = any(agents);
    if (agent.isUp()) {
      world.count(Mishap.POWER_CUT, agent.name());
      agent.losePower();
    }
  }

  private void crashAtStep() {
    if (world.random.nextInt(3) == 0) {
      SimulatedWorker worker = any(workers);
      world.count(Mishap.CRASH_AT_STEP, worker.name());
      worker.life().endAfterSteps(world.random.nextInt(40));
    } else {
      SimulatedAgent agent = any(agents);
      world.count(Mishap.CRASH_AT_STEP, agent.name());
      agent.crashAfterSteps(world.random.nextInt(150), world.random.nextBoolean());
    }
  }

  private void stepClock() {
    SimulatedAgent agent = any(agents);
    world.count(Mishap.CLOCK_STEP, agent.name());
    long far = world.random.nextInt(3) == 0 ? HOUR_MS + 60_000 : 90_000;
    agent.stepClock(world.random.nextLong(-far, far));
    agent.driftClock(1 + world.random.nextDouble() * 2e-4 - 1e-4);
  }

  /** A clock that is set back at each start: minutes that were sealed come again, and again. */
  private void liveMinutesAgain() {
    SimulatedAgent agent = any(agents);
    world.count(Mishap.MINUTES_AGAIN, agent.name());
    long period = world.about(25 * Timeline.SECOND);
    for (int again = 1; again <= 4; again++) {
      world.time.after(
          again * period,
          () -> {
            if (!healed && agent.isUp()) {
              agent.kill();
              agent.stepClock(-period / Timeline.MS - world.random.nextInt(20_000));
            }
          });
    }
  }

  private void spoilDisk(Mishap mishap, SimulatedDisk.State state) {
    SimulatedAgent agent = any(agents);
    world.count(mishap, agent.name());
    agent.disk().become(state);
    world.time.after(
        world.about(20 * Timeline.SECOND), () -> agent.disk().become(SimulatedDisk.State.FINE));
  }

  private void slowDisk() {
    SimulatedAgent agent = any(agents);
    world.count(Mishap.DISK_SLOW, agent.name());
    agent.slowDiskUntil(world.time.nanos() + world.about(20 * Timeline.SECOND));
  }

  // ---- workers and the store

  private void killWorker() {
    SimulatedWorker worker = any(workers);
    if (!worker.life().isOver()) {
      world.count(Mishap.WORKER_KILLED, worker.name());
      worker.life().end();
    }
  }

  private void pauseWorker() {
    SimulatedWorker worker = any(workers);
    world.count(Mishap.WORKER_PAUSED, worker.name());
    worker.life().pauseUntil(world.time.nanos() + world.about(25 * Timeline.SECOND));
  }

  private void drainWorker() {
    SimulatedWorker worker = any(workers);
    if (worker.accepts()) {
      world.count(Mishap.WORKER_DRAINED, worker.name());
      worker.drain(world.about(4 * Timeline.SECOND));
    }
  }

  private void storeAway() {
    world.count(Mishap.STORE_AWAY, "store");
    store.awayUntil(world.time.nanos() + world.about(30 * Timeline.SECOND));
  }

  private void crashStore() {
    world.count(Mishap.STORE_CRASHED, "store");
    store.crash();
    store.awayUntil(world.time.nanos() + world.about(2 * Timeline.SECOND));
  }

  private void forgetOwners() {
    world.count(Mishap.OWNERS_FLUSHED, "owners");
    owners.forgetAll();
  }

  // ---- the network

  private void cutConnection() {
    anyLine(Mishap.CONNECTION_CUT)
        .forEach(
            line -> {
              line.up.end();
              line.down.end();
            });
  }

  private void resetConnection() {
    anyLine(Mishap.CONNECTION_RESET).forEach(Line::reset);
  }

  private void halfClose() {
    anyLine(Mishap.HALF_CLOSED)
        .forEach(line -> (world.random.nextBoolean() ? line.up : line.down).end());
  }

  private List<Line> anyLine(Mishap mishap) {
    SimulatedAgent agent = any(agents);
    List<Line> lines = agent.lines();
    if (lines.isEmpty()) {
      return List.of();
    }
    world.count(mishap, agent.name());
    return List.of(lines.get(lines.size() - 1));
  }

  private void part() {
    SimulatedAgent agent = any(agents);
    world.count(Mishap.PARTITION, agent.name());
    agent.partUntil(world.time.nanos() + world.about(15 * Timeline.SECOND));
  }

  private void dribble() {
    world.count(Mishap.DRIBBLE, "network");
    road.dribble(true);
    world.time.after(world.about(4 * Timeline.SECOND), () -> road.dribble(false));
  }

  private void refuseConnects() {
    SimulatedAgent agent = any(agents);
    agent.refuse(0.7);
    world.time.after(world.about(10 * Timeline.SECOND), () -> agent.refuse(0));
  }

  private <T> T any(List<T> all) {
    return all.get(world.random.nextInt(all.size()));
  }
}
