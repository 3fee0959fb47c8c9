// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.wire.SampleDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The samples of hosts that somebody watches: here, or at another worker that asked for them. A
 * watch of another worker's host is a lease: the owner publishes the host's samples for {@link
 * #LEASE} after each time it was asked. Holds at most {@value #LIMIT} hosts that others watch. Any
 * thread.
 */
public final class Feeds implements HostFeed {
  static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration RENEWAL = Duration.ofSeconds(3);
  private static final int LIMIT = 10_000;

  private final UUID self;
  private final PeerBus bus;
  private final SeriesSets sets;
  private final Function<HostId, Optional<Description>> online;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<HostId, Feed> feeds = new ConcurrentHashMap<>();

  Feeds(
      UUID self,
      PeerBus bus,
      SeriesSets sets,
      Function<HostId, Optional<Description>> online,
      LongSupplier nanoTime) {
    this.self = requireNonNull(self, "self");
    this.bus = requireNonNull(bus, "bus");
    this.sets = requireNonNull(sets, "sets");
    this.online = requireNonNull(online, "online");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime");
  }

  @Override
  public Watch watch(HostId id, Listener listener) {
    var watch = new LocalWatch(id, listener);
    feeds.compute(
        id,
        (key, existing) -> {
          Feed feed = existing == null ? new Feed(key) : existing;
          feed.listeners.add(watch);
          feed.listen();
          return feed;
        });
    renew(id);
    return watch;
  }

  /**
   * Tells whoever watches of a sample that came from the agent itself.
   *
   * @param decoder has the sample
   */
  public void sampled(HostId id, SeriesSet set, long agentStartMs, SampleDecoder decoder) {
    if (feeds.isEmpty()) {
      return;
    }
    Feed feed = feeds.get(id);
    if (feed == null) {
      return;
    }
    Sample sample = decoder.sample();
    feed.deliver(set, agentStartMs, sample);
    if (feed.isLeased(nanoTime.getAsLong())) {
      bus.publish(
          PeerBus.host(id),
          PeerMessage.encode(new PeerMessage.Sampled(self, id, set.hash(), agentStartMs, sample)));
    }
  }

  /** Another worker asks for the samples of a host of ours. */
  void lease(HostId id) {
    long until = nanoTime.getAsLong() + LEASE.toNanos();
    feeds.compute(
        id,
        (key, existing) -> {
          if (existing == null && feeds.size() >= LIMIT) {
            return null;
          }
          Feed feed = existing == null ? new Feed(key) : existing;
          feed.leasedUntil = until;
          feed.leased = true;
          return feed;
        });
  }

  /** Renews what we asked others for, forgets what nobody wants; about once a second. */
  void tick() {
    feeds.keySet().forEach(this::renew);
  }

  /** How many hosts are watched, here or elsewhere. */
  int size() {
    return feeds.size();
  }

  private void renew(HostId id) {
    long now = nanoTime.getAsLong();
    Feed feed =
        feeds.computeIfPresent(id, (key, existing) -> existing.isWanted(now) ? existing : null);
    if (feed == null || feed.listeners.isEmpty()) {
      return;
    }
    online
        .apply(id)
        .map(description -> description.owner().instance())
        .filter(owner -> !owner.equals(self))
        .filter(owner -> feed.isTimeToAsk(owner, now))
        .ifPresent(
            owner ->
                bus.publish(PeerBus.ask(owner), PeerMessage.encode(new PeerMessage.Watch(id))));
  }

  /** One watched host. */
  private final class Feed {
    final HostId id;
    final List<LocalWatch> listeners = new CopyOnWriteArrayList<>();
    volatile boolean leased;
    volatile long leasedUntil;

    @GuardedBy("this")
    private long agentStartMs;

    @GuardedBy("this")
    private long sequence = -1;

    @GuardedBy("this")
    private @Nullable UUID asked;

    @GuardedBy("this")
    private long askedAt;

    private PeerBus.@Nullable Subscription subscription;

    Feed(HostId id) {
      this.id = id;
    }

    /** Within compute of the map only, like {@link #unlisten}. */
    void listen() {
      if (subscription == null) {
        subscription = bus.subscribe(PeerBus.host(id), this::heard);
      }
    }

    void unlisten() {
      if (subscription != null) {
        subscription.close();
        subscription = null;
      }
    }

    boolean isLeased(long now) {
      return leased && now - leasedUntil < 0;
    }

    boolean isWanted(long now) {
      return !listeners.isEmpty() || isLeased(now);
    }

    /** An agent repeats the seconds of its open minute after a reconnect; watchers had them. */
    synchronized void deliver(SeriesSet set, long agentStartMs, Sample sample) {
      boolean older =
          agentStartMs < this.agentStartMs
              || (agentStartMs == this.agentStartMs && sample.sequence() <= sequence);
      if (older) {
        return;
      }
      this.agentStartMs = agentStartMs;
      this.sequence = sample.sequence();
      listeners.forEach(watch -> watch.listener.sampled(id, set, sample));
    }

    synchronized boolean isTimeToAsk(UUID owner, long now) {
      if (owner.equals(asked) && now - askedAt < RENEWAL.toNanos()) {
        return false;
      }
      asked = owner;
      askedAt = now;
      return true;
    }

    private void heard(byte[] message) {
      Optional<PeerMessage> read = Peers.read(message, sets);
      if (read.isEmpty() || !(read.get() instanceof PeerMessage.Sampled sampled)) {
        return;
      }
      if (sampled.owner().equals(self) || !sampled.host().equals(id)) {
        return;
      }
      online
          .apply(id)
          .map(Description::set)
          .filter(set -> set.hash().equals(sampled.set()))
          .filter(set -> set.size() == sampled.sample().scaled().length)
          .ifPresent(set -> deliver(set, sampled.agentStartMs(), sampled.sample()));
    }
  }

  private final class LocalWatch implements Watch {
    private final HostId id;
    private final Listener listener;

    LocalWatch(HostId id, Listener listener) {
      this.id = id;
      this.listener = requireNonNull(listener, "listener");
    }

    @Override
    public void close() {
      long now = nanoTime.getAsLong();
      feeds.computeIfPresent(
          id,
          (key, feed) -> {
            feed.listeners.remove(this);
            if (feed.listeners.isEmpty()) {
              feed.unlisten();
            }
            return feed.isWanted(now) ? feed : null;
          });
    }
  }
}
