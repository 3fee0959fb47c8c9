// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import static java.util.Objects.requireNonNull;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Many agents in one process, each with its own machine, address, connection and moment in the
 * second, speaking the real protocol over {@code common.wire}: samples at 1 Hz, a sealed chunk a
 * minute, acknowledgements, pings, reconnects. One that is stopped stays stopped. Any thread.
 */
public final class SimulatedFleet implements AutoCloseable {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final long POLL_MS = 20;

  private final FleetPlan plan;
  private final FleetTally tally = new FleetTally();
  private final MultiThreadIoEventLoopGroup group;
  private final List<FleetLoop> loops = new ArrayList<>();

  /** Makes the fleet; nobody connects yet. */
  public SimulatedFleet(FleetPlan plan) {
    this(plan, InstantSource.system(), System::nanoTime);
  }

  SimulatedFleet(FleetPlan plan, InstantSource clock, LongSupplier nanoTime) {
    this.plan = requireNonNull(plan, "plan");
    group =
        new MultiThreadIoEventLoopGroup(
            plan.threads(), new DefaultThreadFactory("fleet", true), EpollIoHandler.newFactory());
    for (int thread = 0; thread < plan.threads(); thread++) {
      EventLoop loop = group.next();
      loops.add(new FleetLoop(loop, plan, tally, clock, nanoTime));
    }
  }

  /** Lets the agents connect, at the plan's pace. */
  public void start() {
    for (int thread = 0; thread < loops.size(); thread++) {
      FleetLoop loop = loops.get(thread);
      int remainder = thread;
      loop.loop.execute(() -> start(loop, remainder));
    }
  }

  /** What happened so far. */
  public FleetCounts counts() {
    return tally.counts();
  }

  /** Round trips of pings since the last call, in nanoseconds. One thread at a time. */
  public synchronized Histogram rtt() {
    var all = new Histogram(FleetLoop.HIGHEST_NANOS, 3);
    loops.forEach(loop -> all.add(loop.rtt()));
    return all;
  }

  /**
   * How late samples were sent since the last call, in nanoseconds: should this be much, the
   * machine had no time for the fleet, and round trips say more about that than about the server.
   */
  public synchronized Histogram lag() {
    var all = new Histogram(FleetLoop.HIGHEST_NANOS, 3);
    loops.forEach(loop -> all.add(loop.lag()));
    return all;
  }

  /** How many minutes that began before {@code startMs} were not acknowledged yet. Blocks. */
  public int keptBefore(long startMs) {
    return loops.stream()
        .map(loop -> loop.loop.submit(() -> loop.keptBefore(startMs)))
        .toList()
        .stream()
        .mapToInt(count -> count.syncUninterruptibly().getNow())
        .sum();
  }

  /** The first second each agent read, by its number; those that read nothing are not there. */
  public SortedMap<Integer, Long> firstSeconds() {
    SortedMap<Integer, Long> all = new TreeMap<>();
    for (FleetLoop loop : loops) {
      Map<Integer, Long> some = new HashMap<>();
      loop.loop.submit(() -> loop.firstSeconds(some)).syncUninterruptibly();
      all.putAll(some);
    }
    return all;
  }

  /** Waits until at least {@code agents} are welcome, and returns whether they were in time. */
  public boolean awaitLive(int agents, Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    while (counts().live() < agents) {
      if (System.nanoTime() > end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    return true;
  }

  /** Says goodbye for all of them, closes their connections and ends the threads. */
  @Override
  public void close() {
    if (group.isShuttingDown()) {
      return;
    }
    List<? extends Future<?>> stopped =
        loops.stream().map(loop -> loop.loop.submit(loop::stop)).toList();
    // a loop that is shut down closes its channels before it looks at its tasks
    stopped.forEach(one -> one.awaitUninterruptibly(STOP_WITHIN.toMillis()));
    group
        .shutdownGracefully(100, STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(STOP_WITHIN.toMillis());
  }

  private void start(FleetLoop loop, int remainder) {
    for (int i = remainder; i < plan.agents(); i += plan.threads()) {
      var agent = new SimulatedAgent(loop, plan.first() + i);
      loop.add(agent);
      agent.connectIn(i * 1000L / plan.connectsPerSecond());
    }
    loop.start();
  }
}
