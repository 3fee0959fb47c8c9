// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.perfload.worker.fleet.Fleet;
import io.perfload.worker.fleet.FleetExchange;
import io.perfload.worker.fleet.HostFeed;
import io.perfload.worker.fleet.Place;
import io.perfload.worker.fleet.SeriesSets;
import io.perfload.worker.fleet.Tails;
import io.perfload.worker.history.ChunkIntake;
import io.perfload.worker.history.HostStore;
import io.perfload.worker.protocol.ProtocolPipeline;
import io.perfload.worker.protocol.Refusals;
import io.perfload.worker.redis.RedisAddress;
import io.perfload.worker.redis.RedisBus;
import io.perfload.worker.redis.RedisLink;
import io.perfload.worker.redis.RedisOwners;
import io.perfload.worker.session.SessionRules;
import io.perfload.worker.session.Sessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lives between the door and the history: event loops, sessions, the fleet, Redis. Whatever
 * serves HTTP is given to {@link #start}, so that it can be built over what this has.
 */
public final class WorkerCore {
  private static final Logger log = LoggerFactory.getLogger(WorkerCore.class);

  private final MultiThreadIoEventLoopGroup group;
  private final Refusals refusals = new Refusals();
  private final RedisLink redis;
  private final RedisBus bus;
  private final Sessions sessions;
  private final FleetExchange exchange;

  /**
   * Builds it; nothing runs yet.
   *
   * @param prefix begins every name in Redis
   * @param threads how many event loops serve connections
   * @param place where the worker stands, which the master may change
   */
  public WorkerCore(
      RedisAddress address,
      String prefix,
      int threads,
      SessionRules rules,
      UUID instance,
      Supplier<Place> place,
      ChunkIntake intake,
      HostStore hosts) {
    requireNonNull(place, "place");
    InstantSource clock = InstantSource.system();
    LongSupplier nanoTime = System::nanoTime;
    var sets = new SeriesSets();
    group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("data"), EpollIoHandler.newFactory());
    redis = new RedisLink(address);
    bus = new RedisBus(redis, prefix);
    var owners = new RedisOwners(redis, prefix);
    sessions = new Sessions(rules, refusals, intake, owners, sets, place, clock, nanoTime);
    exchange = new FleetExchange(instance, bus, sessions, hosts, sets, clock, nanoTime);
  }

  /**
   * Begins; waits for nothing and nobody.
   *
   * @param http what becomes of a connection that speaks HTTP
   */
  public void start(ProtocolPipeline http) {
    redis.start();
    bus.start();
    exchange.start();
    List<EventLoop> loops = new ArrayList<>();
    for (EventExecutor executor : group) {
      loops.add((EventLoop) executor);
    }
    sessions.start(loops, exchange, http);
  }

  /** Takes a connection: in no event loop yet, nothing read from it yet. Any thread. */
  public void take(Channel channel) {
    sessions.take(channel);
  }

  public Fleet fleet() {
    return exchange.fleet();
  }

  public Tails tails() {
    return exchange.tails();
  }

  public HostFeed feeds() {
    return exchange.feeds();
  }

  public Refusals refusals() {
    return refusals;
  }

  public Sessions sessions() {
    return sessions;
  }

  public FleetExchange exchange() {
    return exchange;
  }

  public RedisLink redis() {
    return redis;
  }

  /** Tells all agents to go elsewhere, spread over {@code within}; they do so by themselves. */
  public void drain(Duration within) {
    sessions.drain(within);
  }

  /** Ends every connection and stops; at most {@code within} long, what is left then is told. */
  public void stop(Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    int open = sessions.count();
    if (open > 0) {
      log.warn("Agents left connected: count={}", open);
    }
    exchange.stop();
    bus.stop();
    redis.stop(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
    if (!group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS)) {
      log.warn("Event loops did not stop in time");
    }
  }
}
