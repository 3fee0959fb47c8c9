// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SeriesSet;
import io.perfload.worker.fleet.FleetExchange;
import io.perfload.worker.fleet.Place;
import io.perfload.worker.fleet.SeriesSets;
import io.perfload.worker.history.Arrival;
import io.perfload.worker.history.ChunkIntake;
import io.perfload.worker.history.HistorySettings;
import io.perfload.worker.history.HostRecord;
import io.perfload.worker.history.HostStore;
import io.perfload.worker.history.WritePath;
import io.perfload.worker.history.WriteRound;
import io.perfload.worker.protocol.Refusals;
import io.perfload.worker.session.SessionRules;
import io.perfload.worker.session.Sessions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * A place where a worker runs: the production sessions, fleet, queue and writers of one process
 * after the other. One thread.
 */
final class SimulatedWorker {
  private static final long IDLE_LOOK_NANOS = 200 * Timeline.MS;
  private static final long HANDOVER_NANOS = Timeline.MS / 2;

  private final World world;
  private final int slot;
  private final SimulatedStore store;
  private final SimulatedBus bus;
  private final SimulatedOwners owners;
  private final Settings settings;
  private final long startOfTimeMs;
  private Incarnation process;

  /**
   * What a worker is given.
   *
   * @param queueChunks room in its write queue
   * @param heldBytes see {@link SessionRules}
   */
  record Settings(int writers, int queueChunks, int credit, long heldBytes, Duration keep) {}

  SimulatedWorker(
      World world,
      int slot,
      SimulatedStore store,
      SimulatedBus bus,
      SimulatedOwners owners,
      Settings settings,
      long startOfTimeMs) {
    this.world = world;
    this.slot = slot;
    this.store = store;
    this.bus = bus;
    this.owners = owners;
    this.settings = settings;
    this.startOfTimeMs = startOfTimeMs;
    process = new Incarnation();
  }

  String name() {
    return "worker-" + slot;
  }

  boolean accepts() {
    return !process.life.isOver() && !process.draining;
  }

  Life life() {
    return process.life;
  }

  /** Takes a connection that a client made. */
  void accept(Line line, InetSocketAddress client) {
    process.accept(line, client);
  }

  /** Begins anew; what was before is over. */
  void start() {
    world.event(name(), "started", 0);
    process = new Incarnation();
  }

  /** Stops in order: sends agents away, writes what it has until the deadline. */
  void drain(long withinNanos) {
    process.drain(withinNanos);
  }

  private final class Incarnation {
    private final Life life = new Life(this::buried);
    private final SimulatedLoop loop = new SimulatedLoop(world.time);
    private final List<Line> lines = new ArrayList<>();
    private final List<Writer> writers = new ArrayList<>();
    private final Sessions sessions;
    private final FleetExchange exchange;
    private final WritePath path;
    private boolean draining;
    private boolean roomWanted;
    private boolean offered;
    private long nextTimerNanos = Long.MAX_VALUE;
    private boolean proceeding;

    Incarnation() {
      var instance = new UUID(world.random.nextLong(), world.random.nextLong());
      var place = new Place(instance, "node", slot);
      InstantSource clock = new Wall();
      var session = new StoreSession(world, store, life);
      path =
          new WritePath(
              session.chunks(),
              session.series(),
              session.gaps(),
              new HistorySettings(
                  settings.keep(), 32L << 20, settings.queueChunks(), settings.writers()),
              clock);
      var sets = new SeriesSets();
      sessions =
          new Sessions(
              new SessionRules(
                  settings.credit(),
                  settings.heldBytes(),
                  SessionRules.DEFAULTS.ping(),
                  SessionRules.DEFAULTS.silence(),
                  SessionRules.DEFAULTS.parting(),
                  SessionRules.DEFAULTS.clockOff(),
                  SessionRules.DEFAULTS.oldest(),
                  SessionRules.DEFAULTS.columns()),
              new Refusals(),
              new Intake(),
              owners.of(life),
              sets,
              () -> place,
              clock,
              world.time::nanos);
      exchange =
          new FleetExchange(
              instance, bus.of(life), sessions, new NoHosts(), sets, clock, world.time::nanos);
      for (int i = 0; i < settings.writers(); i++) {
        writers.add(new Writer(path.round(world.random.split())));
      }
      exchange.listen();
      sessions.start(List.of(loop), exchange, pipeline -> {});
      world.time.after(life, 0, this::proceed);
      world.time.after(life, world.about(Timeline.SECOND), this::exchange);
    }

    void accept(Line line, InetSocketAddress client) {
      var channel = new SimulatedChannel(line, life, client);
      lines.add(line);
      line.up.onReadable(() -> onLoop(channel::arrived));
      line.down.onWritable(() -> onLoop(channel::roomAgain));
      world.time.after(
          life,
          HANDOVER_NANOS,
          () -> {
            sessions.take(channel);
            proceed();
          });
      channel.closeFuture().addListener(closed -> lines.remove(line));
      line.onWorkerReset(() -> onLoop(channel::broken));
    }

    private void onLoop(Runnable work) {
      world.time.after(
          life,
          0,
          () -> {
            loop.execute(work);
            proceed();
          });
    }

    /** Does what is due on the event loop; the loop itself may wait for nobody. */
    private void proceed() {
      if (proceeding) {
        return;
      }
      proceeding = true;
      try {
        loop.proceed();
      } finally {
        proceeding = false;
      }
      long next = loop.nextNanos();
      if (next >= 0 && (next < nextTimerNanos || nextTimerNanos <= world.time.nanos())) {
        nextTimerNanos = next;
        world.time.after(life, next - world.time.nanos(), this::proceed);
      }
      writers.forEach(Writer::wake);
    }

    private void exchange() {
      long rest = exchange.proceed();
      proceed();
      world.time.after(life, Math.min(rest, 250 * Timeline.MS) + Timeline.MS, this::exchange);
    }

    void drain(long withinNanos) {
      draining = true;
      sessions.drain(Duration.ZERO);
      path.close();
      world.time.after(life, 0, this::proceed);
      world.time.after(life, withinNanos, this::exit);
      world.time.after(life, 50 * Timeline.MS, this::exitOnceWritten);
    }

    private void exitOnceWritten() {
      if (path.counts().pendingChunks() == 0) {
        exit();
      } else {
        writers.forEach(Writer::wake);
        world.time.after(life, 50 * Timeline.MS, this::exitOnceWritten);
      }
    }

    private void exit() {
      life.end();
    }

    /** The system ends what the process had open. */
    private void buried() {
      world.event(name(), "ended", 0);
      world.sightings.repeated += path.counts().repeated();
      world.sightings.restarts++;
      for (Line line : List.copyOf(lines)) {
        if (world.random.nextBoolean()) {
          line.reset();
        } else {
          line.down.end();
          line.up.drop();
        }
      }
      lines.clear();
    }

    /** One of the writers, each busy with one step at a time. */
    private final class Writer {
      private final WriteRound round;
      private boolean scheduled;
      private boolean busy;

      Writer(WriteRound round) {
        this.round = round;
      }

      void wake() {
        if (!scheduled && !busy && round.isIdle() && offered) {
          schedule(world.random.nextInt(100_000));
        }
      }

      private void schedule(long nanos) {
        scheduled = true;
        world.time.after(life, nanos, this::step);
      }

      private void step() {
        scheduled = false;
        busy = true;
        long waitMs;
        try {
          waitMs = round.step();
        } finally {
          busy = false;
        }
        if (round.isIdle() && waitMs > 0) {
          offered = false;
        }
        proceed();
        if (!round.isIdle()) {
          schedule(waitMs * Timeline.MS);
        } else if (!scheduled && (waitMs == 0 || roomWanted)) {
          roomWanted &= waitMs == 0;
          schedule(waitMs == 0 ? 0 : IDLE_LOOK_NANOS);
        }
      }
    }

    /** The production queue, which also tells the writers. */
    private final class Intake implements ChunkIntake {
      private final List<Outcome> untold = new ArrayList<>();

      @Override
      public boolean offer(PackedChunk chunk, SeriesSet set, Arrival arrival, Outcome outcome) {
        offered = true;
        return path.offer(chunk, set, arrival, planted(outcome));
      }

      @Override
      public boolean offer(HostId host, LostSamples lost, Arrival arrival, Outcome outcome) {
        offered = true;
        return path.offer(host, lost, arrival, planted(outcome));
      }

      @Override
      public Capacity capacity() {
        return path.capacity();
      }

      @Override
      public void whenRoom(Runnable callback) {
        roomWanted = true;
        path.whenRoom(callback);
        writers.forEach(
            writer -> {
              if (!writer.scheduled && !writer.busy) {
                writer.schedule(IDLE_LOOK_NANOS);
              }
            });
      }

      private Outcome planted(Outcome outcome) {
        return switch (world.plant) {
          case EARLY_ACK -> {
            outcome.stored();
            yield new Deaf();
          }
          case HASTY_ACK -> {
            untold.add(outcome);
            yield new Hasty(outcome);
          }
          default -> outcome;
        };
      }

      private final class Hasty implements Outcome {
        private final Outcome own;

        Hasty(Outcome own) {
          this.own = own;
        }

        @Override
        public void stored() {
          if (untold.contains(own)) {
            untold.forEach(Outcome::stored);
            untold.clear();
          }
        }

        @Override
        public void refused(String reason) {
          if (untold.remove(own)) {
            own.refused(reason);
          }
        }
      }
    }
  }

  /** Nobody has to be told any more. */
  private static final class Deaf implements ChunkIntake.Outcome {
    @Override
    public void stored() {}

    @Override
    public void refused(String reason) {}
  }

  /** What is known of hosts while nobody speaks for them matters to nobody here. */
  private static final class NoHosts implements HostStore {
    @Override
    public List<HostRecord> all() {
      return List.of();
    }

    @Override
    public void save(Collection<HostRecord> records) {}
  }

  private final class Wall implements InstantSource {
    @Override
    public long millis() {
      return startOfTimeMs + world.time.nanos() / Timeline.MS;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis());
    }
  }
}
