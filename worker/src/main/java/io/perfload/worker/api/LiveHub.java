// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.netty.channel.Channel;
import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.worker.fleet.HostState;
import io.perfload.worker.fleet.TailPart;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All live connections, and the second hand: once a second each is sent its window of the fleet,
 * the door, and what changed of its host. What is sent is made on one thread, {@code live}; event
 * loops only write it.
 */
final class LiveHub implements AutoCloseable {
  static final int MAX_CONNECTIONS = 2_000;
  static final int MAX_FROM_ONE_ADDRESS = 200;

  private static final Logger log = LoggerFactory.getLogger(LiveHub.class);

  private final ApiParts parts;
  private final HostWatchers watchers;
  private final Map<LiveConnection, InetAddress> connections = new ConcurrentHashMap<>();
  private final LongAdder dropped = new LongAdder();
  private final ScheduledThreadPoolExecutor thread;
  private Optional<FleetTick> latest = Optional.empty();

  LiveHub(ApiParts parts) {
    this.parts = parts;
    this.watchers = new HostWatchers(parts.feed());
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              var worker = new Thread(work, "live");
              worker.setDaemon(true);
              return worker;
            });
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  void start() {
    var unused = thread.scheduleAtFixedRate(this::tick, 1_000, 1_000, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** Takes one more, unless there are too many. */
  LiveConnection admit(Channel channel) {
    InetAddress address =
        channel.remoteAddress() instanceof InetSocketAddress remote && remote.getAddress() != null
            ? remote.getAddress()
            : InetAddress.getLoopbackAddress();
    if (connections.size() >= MAX_CONNECTIONS) {
      parts.refusals().count("ws.room");
      throw Problem.unavailable("This worker feeds as many browsers as it can.");
    }
    if (connections.values().stream().filter(address::equals).count() >= MAX_FROM_ONE_ADDRESS) {
      parts.refusals().count("ws.address");
      throw Problem.tooMany(
          "There are " + MAX_FROM_ONE_ADDRESS + " live connections from your address already.");
    }
    var connection = new LiveConnection(channel, watchers, dropped);
    connections.put(connection, address);
    return connection;
  }

  /** On its event loop. */
  void left(LiveConnection connection) {
    connections.remove(connection);
    connection.stopFleet();
    connection.stopDoor();
    connection.stopHost();
  }

  List<HostState> hosts() {
    return parts.fleet().all();
  }

  int connections() {
    return connections.size();
  }

  /** Messages left out because a browser read too slowly. */
  long dropped() {
    return dropped.sum();
  }

  void watchFleet(LiveConnection connection, FleetWindow window) {
    connection.watchFleet(window);
    refresh(connection);
  }

  void watchDoor(LiveConnection connection) {
    connection.watchDoor();
    refresh(connection);
  }

  /** On the connection's event loop. The feed first, then the tail: nothing falls between. */
  void watchHost(LiveConnection connection, HostId id) {
    HostState host =
        parts
            .fleet()
            .find(id)
            .orElseThrow(() -> Problem.notFound("No host has the id '" + id + "'."));
    HostStream stream = connection.watchHost(id);
    connection.tellHost(host);
    var unused =
        parts
            .tails()
            .tail(id)
            .completeOnTimeout(List.of(), 3, TimeUnit.SECONDS)
            .exceptionally(failure -> List.of())
            .thenAcceptAsync(tail -> connection.tail(stream, written(id, tail)), thread);
  }

  private static List<HostStream.Item> written(HostId id, List<TailPart> tail) {
    Set<HostStream.Moment> known = ConcurrentHashMap.newKeySet();
    List<HostStream.Item> items = new ArrayList<>();
    for (TailPart part : tail) {
      for (Sample sample : part.samples()) {
        var moment = HostStream.Moment.of(sample);
        if (known.add(moment)) {
          items.add(new HostStream.Item(moment, LiveMessages.sample(id, part.set(), sample)));
        }
      }
    }
    return items.subList(Math.max(0, items.size() - HostStream.MAX_WAITING), items.size());
  }

  /** Sends what was just asked for without waiting for the second hand. */
  private void refresh(LiveConnection connection) {
    if (!connection.refresh()) {
      return;
    }
    try {
      thread.execute(
          () -> {
            connection.refreshed();
            FleetTick tick = latest.orElseGet(this::look);
            latest = Optional.of(tick);
            guarded(() -> send(connection, tick, Optional.empty()));
          });
    } catch (RejectedExecutionException e) {
      // stopping: there is no next second either
    }
  }

  private void tick() {
    guarded(
        () -> {
          latest = Optional.empty();
          if (connections.isEmpty()) {
            return;
          }
          FleetTick tick = look();
          latest = Optional.of(tick);
          Optional<byte[]> door =
              connections.keySet().stream().anyMatch(LiveConnection::watchesDoor)
                  ? Optional.of(door())
                  : Optional.empty();
          connections.keySet().forEach(one -> guarded(() -> send(one, tick, door)));
        });
  }

  private FleetTick look() {
    return new FleetTick(parts.fleet().all(), parts.clock().millis());
  }

  private byte[] door() {
    return LiveMessages.door(parts.door().get(), parts.clock().millis());
  }

  private void send(LiveConnection connection, FleetTick tick, Optional<byte[]> door) {
    connection.window().ifPresent(window -> connection.tell(tick.message(window)));
    connection.host().flatMap(parts.fleet()::find).ifPresent(connection::tellHost);
    if (connection.watchesDoor()) {
      connection.tell(door.orElseGet(this::door));
    }
  }

  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.error("The live feed failed in a way nobody foresaw", e);
    }
  }
}
