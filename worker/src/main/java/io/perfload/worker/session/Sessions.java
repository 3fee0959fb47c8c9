// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.perfload.common.model.HostId;
import io.perfload.common.model.HostProfile;
import io.perfload.worker.fleet.FleetExchange;
import io.perfload.worker.fleet.OwnHosts;
import io.perfload.worker.fleet.PackedTail.PackedRun;
import io.perfload.worker.fleet.Place;
import io.perfload.worker.fleet.SeriesSets;
import io.perfload.worker.history.ChunkIntake;
import io.perfload.worker.protocol.ProtocolPipeline;
import io.perfload.worker.protocol.Refusals;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All connections of this worker, on all its event loops. Any thread, once started. */
@SuppressWarnings("FutureReturnValueIgnored") // how writes and closes went shows on the channel
public final class Sessions implements OwnHosts {
  private static final RecvByteBufAllocator READS = new FixedRecvByteBufAllocator(4096);
  private static final WriteBufferWaterMark WRITES = new WriteBufferWaterMark(64 << 10, 128 << 10);
  private static final Duration RENEWAL = Duration.ofSeconds(5);

  private final SessionRules rules;
  private final Refusals refusals;
  private final ChunkIntake intake;
  private final CreditPool credit;
  private final OwnerRegistry owners;
  private final SeriesSets sets;
  private final Supplier<Place> place;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<HostId, HostSession> hosts = new ConcurrentHashMap<>();
  private final AtomicInteger revisions = new AtomicInteger();
  private final AtomicInteger turns = new AtomicInteger();
  private final AtomicLong heldBytes = new AtomicLong();
  private final List<SessionLoop> loops = new ArrayList<>();
  private @Nullable FleetExchange exchange;

  public Sessions(
      SessionRules rules,
      Refusals refusals,
      ChunkIntake intake,
      OwnerRegistry owners,
      SeriesSets sets,
      Supplier<Place> place,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.rules = requireNonNull(rules, "rules");
    this.refusals = requireNonNull(refusals, "refusals");
    this.intake = requireNonNull(intake, "intake");
    this.credit = new CreditPool(rules.credit(), intake.capacity());
    this.owners = requireNonNull(owners, "owners");
    this.sets = requireNonNull(sets, "sets");
    this.place = requireNonNull(place, "place");
    this.clock = requireNonNull(clock, "clock");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime");
  }

  /**
   * Begins; must be called once, before anything else.
   *
   * @param eventLoops the loops that serve connections
   * @param http what becomes of connections that speak HTTP
   */
  public void start(
      Collection<? extends EventLoop> eventLoops, FleetExchange exchange, ProtocolPipeline http) {
    this.exchange = requireNonNull(exchange, "exchange");
    for (EventLoop loop : eventLoops) {
      loops.add(new SessionLoop(this, loops.size(), loop, http));
    }
    loops.forEach(SessionLoop::start);
    eventLoops
        .iterator()
        .next()
        .scheduleAtFixedRate(
            this::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Takes a connection of any protocol.
   *
   * @param channel in no event loop yet, nothing read from it yet
   */
  public void take(Channel channel) {
    SessionLoop loop = loops.get(Math.floorMod(turns.getAndIncrement(), loops.size()));
    channel.config().setOption(ChannelOption.TCP_NODELAY, true);
    channel.config().setRecvByteBufAllocator(READS);
    channel.config().setWriteBufferWaterMark(WRITES);
    channel.pipeline().addLast("newcomer", loop.newcomer());
    loop.register(channel);
  }

  /** Tells all agents to go elsewhere, spread over {@code within}. */
  public void drain(Duration within) {
    loops.forEach(loop -> loop.execute(() -> loop.drain(within.toMillis())));
  }

  /** Open connections of agents, at most a second old. */
  public int count() {
    return loops.stream().mapToInt(loop -> loop.totals().sessions()).sum();
  }

  /** Hosts that are ours now. */
  public int hosts() {
    return hosts.size();
  }

  /** Samples that came, at most a second old. */
  public long samples() {
    return loops.stream().mapToLong(loop -> loop.totals().samples()).sum();
  }

  /** Chunks that came, at most a second old. */
  public long chunks() {
    return loops.stream().mapToLong(loop -> loop.totals().chunks()).sum();
  }

  /** Bytes of chunks that wait for room in the write queue. */
  public long heldBytes() {
    return heldBytes.get();
  }

  @Override
  public boolean owns(HostId id) {
    return hosts.containsKey(id);
  }

  @Override
  public boolean tail(HostId id, Consumer<List<PackedRun>> reader) {
    HostSession host = hosts.get(id);
    if (host == null) {
      return false;
    }
    host.session().loop().execute(() -> reader.accept(host.tail().runs()));
    return true;
  }

  @Override
  public void describeAll() {
    loops.forEach(loop -> loop.execute(loop::describeAll));
  }

  /** The registry's word counts, whatever the clocks say; {@code sinceMs} is for people. */
  @Override
  public void superseded(HostId id, long sinceMs) {
    HostSession host = hosts.get(id);
    if (host != null) {
      host.session().loop().execute(() -> host.session().superseded(host));
    }
  }

  // ---- for the loops

  SessionRules rules() {
    return rules;
  }

  Refusals refusals() {
    return refusals;
  }

  SeriesSets sets() {
    return sets;
  }

  Place place() {
    return place.get();
  }

  InstantSource clock() {
    return clock;
  }

  LongSupplier nanoTime() {
    return nanoTime;
  }

  FleetExchange exchange() {
    return requireNonNull(exchange, "start() comes first");
  }

  int nextRevision() {
    return revisions.incrementAndGet();
  }

  CreditPool credit() {
    return credit;
  }

  boolean offer(Held held) {
    return held.offerTo(intake);
  }

  void whenRoom(Runnable callback) {
    intake.whenRoom(callback);
  }

  /** Returns how many bytes are held then. */
  long hold(long more) {
    return heldBytes.addAndGet(more);
  }

  /** Makes {@code session} the one that speaks for a host; the newest wins. */
  HostSession claim(AgentSession session, HostProfile profile, Place place) {
    long now = clock.millis();
    long sinceMs = exchange().onlineSince(profile.id()).orElse(now);
    var host = new HostSession(session, profile, now, sinceMs);
    HostSession before = hosts.put(host.id(), host);
    if (before != null) {
      before.session().loop().execute(() -> before.session().superseded(before));
    }
    owners.claim(
        claim(host, place),
        previous ->
            previous.ifPresent(
                other -> exchange().supersede(other.owner().instance(), host.id(), now)));
    return host;
  }

  /** The connection ends; the host may come back at once, here or elsewhere. */
  void leave(HostSession host, Place place) {
    if (hosts.remove(host.id(), host)) {
      owners.release(List.of(claim(host, place)));
    }
  }

  /** The host leaves on purpose. */
  void gone(HostSession host, Place place) {
    if (hosts.get(host.id()) == host) {
      exchange().gone(place, host.id());
    }
  }

  private void renew() {
    Place here = place();
    List<Claim> claims = new ArrayList<>(hosts.size());
    hosts.values().forEach(host -> claims.add(claim(host, here)));
    owners.renew(claims, lost -> superseded(lost, clock.millis()));
  }

  private static Claim claim(HostSession host, Place place) {
    return new Claim(host.id(), place, host.claimedAtMs());
  }
}
