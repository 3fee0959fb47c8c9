// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import io.netty.channel.EventLoop;
import io.perfload.common.bytes.ByteWriter;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * The agents of one event loop. Every agent has its moment in the second; one timer of a
 * millisecond goes round them in that order, so that a fleet costs one timer and its messages are
 * spread as those of real agents are. Confined to the loop but for {@link #rtt()} and {@link
 * #lag()}.
 */
final class FleetLoop {
  private static final System.Logger log = System.getLogger(FleetLoop.class.getName());

  static final long HIGHEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  final EventLoop loop;
  final FleetPlan plan;
  final FleetTally tally;
  final InstantSource clock;
  final LongSupplier nanoTime;

  /** Scratch for a sample. */
  final ByteWriter delta = new ByteWriter(512);

  /** Scratch for frames. */
  final ByteWriter out = new ByteWriter(4096);

  final SingleWriterRecorder rtt = new SingleWriterRecorder(HIGHEST_NANOS, 3);

  private final SingleWriterRecorder lag = new SingleWriterRecorder(HIGHEST_NANOS, 3);
  private final List<SimulatedAgent> byPhase = new ArrayList<>();
  private int next;
  private long second;
  private boolean stopped;

  FleetLoop(
      EventLoop loop,
      FleetPlan plan,
      FleetTally tally,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.loop = loop;
    this.plan = plan;
    this.tally = tally;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Adds an agent; before {@link #start}. */
  void add(SimulatedAgent agent) {
    byPhase.add(agent);
  }

  /** Begins with the next whole second. */
  void start() {
    if (byPhase.isEmpty()) {
      return;
    }
    byPhase.sort(Comparator.comparingInt(SimulatedAgent::phaseMs));
    second = clock.millis() / 1000 + 1;
    loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.MILLISECONDS)
        .addListener(end -> broken(Optional.ofNullable(end.cause())));
  }

  /** Ends all connections on purpose; nobody connects again. */
  void stop() {
    stopped = true;
    byPhase.forEach(SimulatedAgent::stop);
  }

  boolean stopped() {
    return stopped;
  }

  /** Round trips since the last call, in nanoseconds. One caller. */
  Histogram rtt() {
    return rtt.getIntervalHistogram();
  }

  /** How late samples were sent since the last call, in nanoseconds. One caller. */
  Histogram lag() {
    return lag.getIntervalHistogram();
  }

  /** How many minutes that began before {@code startMs} were not acknowledged. On the loop. */
  int keptBefore(long startMs) {
    return byPhase.stream().mapToInt(agent -> agent.spool().before(startMs)).sum();
  }

  /** Tells the first second of every agent that has one, by its number. On the loop. */
  void firstSeconds(Map<Integer, Long> into) {
    byPhase.stream()
        .filter(agent -> agent.firstSecond() > 0)
        .forEach(agent -> into.put(agent.number(), agent.firstSecond()));
  }

  private void tick() {
    if (stopped) {
      return;
    }
    long now = clock.millis();
    while (dueMs() <= now) {
      lag.recordValue(TimeUnit.MILLISECONDS.toNanos(Math.min(60_000, now - dueMs())));
      byPhase.get(next).tick(second);
      if (++next == byPhase.size()) {
        next = 0;
        second++;
      }
    }
  }

  private void broken(Optional<Throwable> cause) {
    if (!stopped && cause.isPresent()) {
      log.log(Level.ERROR, "Simulated agents stopped: a fault of the simulation", cause.get());
      stop();
    }
  }

  private long dueMs() {
    return second * 1000 + byPhase.get(next).phaseMs();
  }
}
