// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.perfload.agent.link.Introduction;
import io.perfload.agent.link.LinkLoop;
import io.perfload.agent.link.LiveTail;
import io.perfload.agent.link.Network;
import io.perfload.agent.link.Wire;
import io.perfload.agent.sample.HostClock;
import io.perfload.agent.sample.Reading;
import io.perfload.agent.spool.Spool;
import io.perfload.agent.spool.SpoolLimits;
import io.perfload.bench.faults.oracle.WireTap;
import io.perfload.common.chunk.Tier;
import io.perfload.common.config.HostPort;
import io.perfload.common.model.HostFacts;
import io.perfload.common.model.HostId;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.Sample;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A machine with a disk and a wall clock on which an agent runs: the production spool, tail and
 * link of one process after the other, its samples taken and kept by the rules of the production
 * threads. One thread.
 */
final class SimulatedAgent {
  private static final HostPort SERVER = new HostPort("door", 8000);
  private static final long WARM_UP_MS = 250;
  private static final long MAX_AHEAD_MS = 3_600_000;
  private static final int QUEUE = 300;
  private static final long LOOK_NANOS = 5 * Timeline.SECOND;

  private final World world;
  private final int number;
  private final Door door;
  private final Road road;
  private final Settings settings;
  private final SimulatedDisk disk;
  private final Wall wall;
  private final HostProfile profile;
  private final ChunkListener listener;
  private final List<Line> lines = new ArrayList<>();
  private long partedUntilNanos = Long.MIN_VALUE;
  private double refusals;
  private long slowUntilNanos = Long.MIN_VALUE;
  private boolean freshWanted;
  private boolean settled;
  private Optional<Long> freshMs = Optional.empty();
  private Life life = new Life(() -> {});
  private Optional<Incarnation> process = Optional.empty();
  private boolean powerLost;

  /**
   * What an agent is given.
   *
   * @param syncEach whether each second has to survive the end of the machine
   */
  record Settings(long intervalMs, SpoolLimits limits, boolean syncEach) {}

  SimulatedAgent(
      World world, int number, Door door, Road road, Settings settings, long startOfTimeMs) {
    this.world = world;
    this.number = number;
    this.door = door;
    this.road = road;
    this.settings = settings;
    disk = new SimulatedDisk(world, name());
    wall = new Wall(startOfTimeMs + world.random.nextLong(-2_000, 2_000));
    profile =
        new HostProfile(
            HostId.of(world.random.nextLong(), world.random.nextLong()),
            name(),
            new TreeMap<>(),
            new HostFacts(
                new HostFacts.Os("", "", "", ""), new HostFacts.Cpu("", 1, 1, 0), 0, 0, ""));
    listener = new ChunkListener(world, name());
    begin();
  }

  String name() {
    return "agent-" + number;
  }

  HostId host() {
    return profile.id();
  }

  SimulatedDisk disk() {
    return disk;
  }

  boolean isUp() {
    return !life.isOver();
  }

  Life life() {
    return life;
  }

  List<Line> lines() {
    return lines;
  }

  /** Sets the wall clock. */
  void stepClock(long millis) {
    wall.offsetMs += millis;
  }

  void driftClock(double factor) {
    wall.drift(factor);
  }

  /** Nothing gets through, in either direction, until then. */
  void partUntil(long nanos) {
    partedUntilNanos = nanos;
    lines.forEach(line -> line.stallUntil(nanos));
  }

  /** How likely it is that a connect is refused. */
  void refuse(double probability) {
    refusals = probability;
  }

  /** The disk takes its time until then: readings wait to be kept. */
  void slowDiskUntil(long nanos) {
    slowUntilNanos = nanos;
  }

  /** The process ends without warning. */
  void kill() {
    life.end();
  }

  /** The machine ends without warning. */
  void losePower() {
    powerLost = true;
    life.end();
  }

  /** The machine, rather than only the process, ends with the step that is so many away. */
  void crashAfterSteps(int steps, boolean power) {
    powerLost = power;
    life.endAfterSteps(steps);
  }

  /** The process is asked to stop. */
  void stop() {
    process.ifPresent(Incarnation::stop);
  }

  void start() {
    world.event(name(), "started", 0);
    begin();
  }

  private void begin() {
    var next = new Life(this::buried);
    life = next;
    powerLost = false;
    process = Optional.empty();
    world.time.after(
        next, world.about(30 * Timeline.MS), () -> process = Optional.of(new Incarnation(next)));
  }

  /** From now on a sample is waited for that was made after all faults. */
  void expectFresh() {
    freshWanted = true;
  }

  /** Whether a fresh sample, and all that was kept before it, was once acknowledged or given up. */
  boolean hasSettled() {
    settled |= isUp() && process.filter(Incarnation::hasSettled).isPresent();
    return settled;
  }

  String state() {
    return process.map(one -> one.spool.status() + " queue=" + one.queue.size()).orElse("down");
  }

  private final class Incarnation {
    private final Life life;
    private final HostClock clock = new HostClock(wall, world.time::nanos);
    private final long startMs;
    private final List<Reading> unpromised = new ArrayList<>();
    private final LiveTail tail = new LiveTail();
    private final ArrayDeque<Reading> queue = new ArrayDeque<>();
    private final Spool spool;
    private final LinkLoop link;
    private boolean stopping;
    private Optional<Long> openBefore = Optional.empty();
    private long sequence;
    private long nextTickMs;
    private long linkAtNanos = Long.MAX_VALUE;
    private boolean keeping;

    Incarnation(Life life) {
      this.life = life;
      spool = Spool.open(disk.of(life), host(), settings.limits(), settings.syncEach(), clock);
      startMs = spool.beginRun(clock.millis());
      if (isFine()) {
        world.oracle.durableBut(host(), Optional.empty());
      }
      for (Reading earlier : spool.openReadings()) {
        var sample = new Sample(earlier.takenAtMs(), sequence, earlier.sample().scaled());
        tail.add(new Reading(earlier.set(), startMs, sample));
        sequence++;
      }
      link =
          new LinkLoop(
              SERVER,
              new Introduction(profile, startMs, ""),
              tail,
              spool,
              clock,
              world.time::nanos,
              world.random.split(),
              new Roads(life, () -> wakeLink(0)));
      nextTickMs = tickAfter(clock.millis() + WARM_UP_MS);
      world.time.after(life, 0, this::tick);
      world.time.after(life, LOOK_NANOS, this::look);
      wakeLink(0);
    }

    private Optional<Long> openMinute() {
      return spool.openReadings().stream()
          .findFirst()
          .map(reading -> Tier.SECOND.startOf(reading.takenAtMs()));
    }

    // ---- sampling

    private void tick() {
      if (stopping) {
        return;
      }
      long now = clock.millis();
      if (now >= nextTickMs) {
        if (clock.aheadMs() > MAX_AHEAD_MS) {
          world.event(name(), "clock set back: new run", 0);
          stop();
          return;
        }
        sample(now);
        nextTickMs = tickAfter(now);
      }
      long restMs = Math.max(1, nextTickMs - clock.millis());
      world.time.after(life, restMs * Timeline.MS + world.random.nextInt(300_000), this::tick);
    }

    private void sample(long now) {
      Reading reading = Readings.of(startMs, sequence, now, world.random);
      sequence++;
      world.oracle.made(host(), startMs, reading.sample(), reading.set());
      tail.add(reading);
      if (queue.size() < QUEUE) {
        queue.add(reading);
      } else {
        world.sightings.overflowed++;
        spool.lost(reading);
      }
      wakeLink(0);
      wakeKeeper(0);
    }

    private long tickAfter(long timeMs) {
      return (Math.floorDiv(timeMs, settings.intervalMs()) + 1) * settings.intervalMs();
    }

    // ---- keeping

    private void wakeKeeper(long nanos) {
      if (!keeping) {
        keeping = true;
        long slow = Math.max(0, slowUntilNanos - world.time.nanos());
        world.time.after(life, Math.max(nanos, slow), this::keep);
      }
    }

    private void keep() {
      keeping = false;
      while (!queue.isEmpty()) {
        Reading reading = queue.remove();
        spool.add(reading);
        unpromised.add(reading);
        notePromises();
      }
      if (stopping) {
        spool.close();
        world.time.after(life, Timeline.SECOND, life::end);
      }
    }

    private void look() {
      if (queue.isEmpty() && !stopping && slowUntilNanos <= world.time.nanos()) {
        spool.sealEnded();
        notePromises();
      }
      wakeLink(0);
      world.time.after(life, LOOK_NANOS, this::look);
    }

    /** All that the spool has while it says that it is fine is on disk. */
    private void notePromises() {
      if (!isFine()) {
        return;
      }
      if (freshWanted && freshMs.isEmpty() && queue.isEmpty() && !unpromised.isEmpty()) {
        freshMs = Optional.of(unpromised.get(unpromised.size() - 1).takenAtMs());
        world.oracle.close(host());
      }
      for (Reading reading : unpromised) {
        world.oracle.kept(host(), startMs, reading.sample());
        if (settings.syncEach()) {
          world.oracle.durable(host(), startMs, reading.sample());
        }
      }
      unpromised.clear();
      Optional<Long> open = openMinute();
      if (!open.equals(openBefore)) {
        openBefore = open;
        world.oracle.durableBut(host(), open);
      }
    }

    private boolean isFine() {
      return switch (spool.report().state()) {
        case OK -> true;
        case MEMORY -> false;
        // that samples go says nothing of the disk: two minutes were sealed since it failed
        case DROPPING -> disk.isFineSince(130 * Timeline.SECOND);
      };
    }

    // ---- the link

    private void wakeLink(long nanos) {
      long at = world.time.nanos() + nanos;
      if (at < linkAtNanos) {
        linkAtNanos = at;
        world.time.after(life, nanos, () -> proceed(at));
      }
    }

    private void proceed(long at) {
      if (at != linkAtNanos) {
        return;
      }
      linkAtNanos = Long.MAX_VALUE;
      long rest = link.proceed();
      if (!link.isOver()) {
        wakeLink(Math.max(rest, 1));
      }
    }

    // ---- the end

    private void stop() {
      if (!stopping) {
        stopping = true;
        link.stop(world.time.nanos() + Timeline.SECOND);
        wakeLink(0);
        wakeKeeper(0);
      }
    }

    boolean hasSettled() {
      return queue.isEmpty()
          && spool.status().pending() == 0
          && spool.nextGap(Set.of()).isEmpty()
          && freshMs.isPresent()
          && openMinute().filter(open -> open == Tier.SECOND.startOf(freshMs.get())).isEmpty();
    }
  }

  private void buried() {
    world.event(name(), powerLost ? "lost power" : "ended", 0);
    world.sightings.restarts++;
    if (powerLost) {
      world.oracle.machineEnded(host());
      disk.losePower();
      lines.forEach(this::goSilent);
    } else {
      world.oracle.processEnded(host());
      lines.forEach(this::hangUp);
    }
    lines.clear();
  }

  private void goSilent(Line line) {
    line.down.drop();
    line.up.drop();
  }

  private void hangUp(Line line) {
    if (world.random.nextBoolean()) {
      line.up.end();
      line.down.drop();
    } else {
      line.reset();
    }
  }

  /** The way to the door. */
  private final class Roads implements Network {
    private final Life dialer;
    private final Runnable wake;

    Roads(Life dialer, Runnable wake) {
      this.dialer = dialer;
      this.wake = wake;
    }

    @Override
    public List<InetAddress> addressesOf(String host) {
      return List.of(address(200));
    }

    @Override
    public Wire dial(InetSocketAddress address) {
      dialer.step();
      world.sightings.connections++;
      long connected = world.time.nanos() + road.delayNanos(world, 60);
      Optional<SimulatedWorker> worker = door.route(number);
      if (partedUntilNanos > world.time.nanos()) {
        return new AgentWire(world, dialer, Optional.empty(), connected, false);
      }
      if (worker.isEmpty() || world.chance(refusals)) {
        world.count(Mishap.CONNECT_REFUSED, name());
        return new AgentWire(world, dialer, Optional.empty(), connected, true);
      }
      var line = new Line(world, road, new WireTap(listener));
      lines.removeIf(Line::isReset);
      lines.add(line);
      line.down.onReadable(() -> world.time.after(dialer, 0, wake));
      line.up.onWritable(() -> world.time.after(dialer, 0, wake));
      line.onAgentReset(() -> world.time.after(dialer, 0, wake));
      int port = 10_000 + (int) world.sightings.connections;
      worker.get().accept(line, new InetSocketAddress(address(number), port));
      return new AgentWire(world, dialer, Optional.of(line), connected, false);
    }
  }

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  /** A clock that people set, and that may run a little fast or slow. */
  private final class Wall implements InstantSource {
    private long offsetMs;
    private double factor = 1;

    Wall(long offsetMs) {
      this.offsetMs = offsetMs;
    }

    void drift(double newFactor) {
      long before = millis();
      factor = newFactor;
      offsetMs += before - millis();
    }

    @Override
    public long millis() {
      return offsetMs + (long) (world.time.nanos() * factor / Timeline.MS);
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis());
    }
  }
}
