// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import static java.util.Objects.requireNonNull;

import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.worker.fleet.HostState.Status;
import io.perfload.worker.fleet.KnownHost.View;
import io.perfload.worker.history.HostRecord;
import io.perfload.worker.history.HostStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Every host and who speaks for it. Own hosts and those of other workers come in the same frames. A
 * host that nobody has spoken for during {@link #SILENCE} is offline, or stale while we could not
 * have heard it; that time begins when it could first be seen that its owner is lost. Changed by
 * one thread; read by any.
 */
final class FleetTable implements Fleet, FleetFrameReader.Sink {
  /** As long as an agent may take to find another worker without seeming offline. */
  static final Duration SILENCE = Duration.ofSeconds(3);

  /** How often every worker speaks of each of its hosts. */
  static final Duration FRAME = Duration.ofSeconds(1);

  /** Other loops of the same worker speak at other moments of the second. */
  private static final Duration WITHOUT_IT = FRAME.plusMillis(500);

  /** After a break others need a moment, too, before they can be heard again. */
  static final Duration RECOVERY = Duration.ofSeconds(5);

  private static final UUID NOBODY = new UUID(0, 0);
  private static final long SNAPSHOT_NANOS = Duration.ofSeconds(1).toNanos();

  private final UUID self;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<HostId, KnownHost> hosts = new ConcurrentHashMap<>();
  private final Map<UUID, Long> workers = new HashMap<>();
  private final Set<UUID> unexplained = new HashSet<>();
  private final List<KnownHost> left = new ArrayList<>();
  private final AtomicLong tooMany = new AtomicLong();
  private final Object snapshotLock = new Object();
  private List<HostState> snapshot = List.of();
  private long snapshotAt;
  private boolean snapshotMade;

  FleetTable(UUID self, InstantSource clock, LongSupplier nanoTime) {
    this.self = requireNonNull(self, "self");
    this.clock = requireNonNull(clock, "clock");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime");
  }

  @Override
  public Optional<HostState> find(HostId id) {
    return Optional.ofNullable(hosts.get(id)).map(host -> host.view().state());
  }

  @Override
  public List<HostState> all() {
    synchronized (snapshotLock) {
      long now = nanoTime.getAsLong();
      if (!snapshotMade || now - snapshotAt >= SNAPSHOT_NANOS) {
        List<HostState> states = new ArrayList<>(hosts.size());
        hosts.values().forEach(host -> states.add(host.view().state()));
        snapshot = List.copyOf(states);
        snapshotAt = now;
        snapshotMade = true;
      }
      return snapshot;
    }
  }

  /** Since when the host has been online without a break, if it is. Any thread. */
  Optional<Long> onlineSince(HostId id) {
    return Optional.ofNullable(hosts.get(id))
        .map(KnownHost::view)
        .filter(View::isOnline)
        .map(View::sinceMs);
  }

  /** What is known of a host that is online. Any thread. */
  Optional<Description> online(HostId id) {
    return Optional.ofNullable(hosts.get(id))
        .map(KnownHost::view)
        .filter(View::isOnline)
        .map(View::description);
  }

  /** Hosts that were not taken because there were too many. Any thread. */
  long tooMany() {
    return tooMany.get();
  }

  @Override
  public void heard(Place sender) {
    workers.put(sender.instance(), nanoTime.getAsLong());
  }

  @Override
  public void described(Description next) {
    HostId id = next.profile().id();
    KnownHost host = hosts.get(id);
    if (host == null) {
      var view = new View(next, Newest.NONE, Status.ONLINE, false, next.sinceMs());
      add(id, view).ifPresent(this::heardOf);
      return;
    }
    View view = host.view();
    if (!wins(next, host, view)) {
      return;
    }
    boolean sameColumns = view.description().set().equals(next.set());
    Newest newest = sameColumns ? view.newest() : Newest.NONE;
    long sinceMs = view.isOnline() ? view.sinceMs() : next.sinceMs();
    host.become(new View(next, newest, Status.ONLINE, false, sinceMs));
    heardOf(host);
  }

  @Override
  public void updated(Place sender, HostId id, int revision, Newest newest) {
    KnownHost host = hosts.get(id);
    if (host == null) {
      unexplained.add(sender.instance());
      return;
    }
    View view = host.view();
    boolean byOwner = view.description().owner().instance().equals(sender.instance());
    if (!byOwner || view.description().revision() != revision) {
      if (byOwner || isSilent(host) || !view.isOnline()) {
        unexplained.add(sender.instance());
      }
      return;
    }
    long sinceMs = view.isOnline() ? view.sinceMs() : clock.millis();
    Newest next = newest.values().length == 0 ? kept(view, newest) : newest;
    host.become(new View(view.description(), next, Status.ONLINE, false, sinceMs));
    heardOf(host);
  }

  @Override
  public void gone(Place sender, HostId id) {
    KnownHost host = hosts.get(id);
    if (host == null || !host.view().isOnline()) {
      return;
    }
    if (host.view().description().owner().instance().equals(sender.instance())) {
      leave(host);
    }
  }

  /** Adds a host that nobody speaks for, unless it is known already. */
  void remembered(HostRecord record) {
    HostId id = record.profile().id();
    if (hosts.containsKey(id)) {
      return;
    }
    Place owner = new Place(NOBODY, record.node(), record.slot());
    var description =
        new Description(
            owner,
            0,
            0,
            record.sinceMs(),
            record.address(),
            record.profile(),
            record.set(),
            Optional.empty());
    var view = new View(description, newest(record), Status.OFFLINE, false, record.sinceMs());
    add(id, view).ifPresent(host -> host.savedSampleAtMs = record.lastSampleAtMs());
  }

  /**
   * Judges silent hosts.
   *
   * @param upForMs how long we could have heard other workers; negative if we cannot
   */
  void judgeSilence(long upForMs) {
    boolean canKnow = upForMs >= RECOVERY.toMillis();
    for (KnownHost host : hosts.values()) {
      View view = host.view();
      if (!view.isOnline() || !isLost(host, view)) {
        continue;
      }
      if (canKnow) {
        leave(host);
      } else if (!view.stale()) {
        host.become(view.stale(true));
      }
    }
    long now = nanoTime.getAsLong();
    workers.values().removeIf(heardAt -> now - heardAt > SILENCE.toNanos());
  }

  /** Those that went offline since the last call and that it falls to us to save. */
  List<KnownHost> takeLeft() {
    List<KnownHost> taken = List.copyOf(left);
    left.clear();
    return taken;
  }

  /** Workers that spoke of hosts nobody has described to us; asks only once for each. */
  Set<UUID> takeUnexplained() {
    Set<UUID> taken = Set.copyOf(unexplained);
    unexplained.clear();
    return taken;
  }

  /**
   * Own online hosts with samples that were not saved yet.
   *
   * @param part of {@code parts} equal parts of the hosts
   */
  List<KnownHost> unsaved(int part, int parts) {
    List<KnownHost> unsaved = new ArrayList<>();
    hosts.forEach(
        (id, host) -> {
          View view = host.view();
          if (Math.floorMod(id.hashCode(), parts) == part
              && view.isOnline()
              && view.description().owner().instance().equals(self)
              && view.newest().lastSampleAtMs() > host.savedSampleAtMs) {
            unsaved.add(host);
          }
        });
    return unsaved;
  }

  Optional<KnownHost> host(HostId id) {
    return Optional.ofNullable(hosts.get(id));
  }

  private Optional<KnownHost> add(HostId id, View view) {
    if (hosts.size() >= HostStore.MAX_HOSTS) {
      tooMany.incrementAndGet();
      return Optional.empty();
    }
    var host = new KnownHost(view);
    hosts.put(id, host);
    return Optional.of(host);
  }

  private void leave(KnownHost host) {
    host.become(host.view().status(Status.OFFLINE, clock.millis()));
    if (isOursToSave(host.view().description())) {
      left.add(host);
    }
  }

  private void heardOf(KnownHost host) {
    host.heardAtNanos = nanoTime.getAsLong();
  }

  /** Nobody speaks for it just now; whoever says so may have it. */
  private boolean isSilent(KnownHost host) {
    return nanoTime.getAsLong() - host.heardAtNanos > SILENCE.toNanos();
  }

  /**
   * Nobody speaks for it any more. An owner that goes on without the host has lost its connection
   * when it was last heard of it. An owner that is lost itself was there for up to a frame more,
   * and the next owner has to wait for its next frame before it can say so.
   */
  private boolean isLost(KnownHost host, View view) {
    Long ownerHeardAt = workers.get(view.description().owner().instance());
    boolean ownerGoesOn =
        ownerHeardAt != null && ownerHeardAt - host.heardAtNanos > WITHOUT_IT.toNanos();
    Duration patience = ownerGoesOn ? SILENCE : SILENCE.plus(FRAME.multipliedBy(2));
    return nanoTime.getAsLong() - host.heardAtNanos > patience.toNanos();
  }

  private boolean wins(Description next, KnownHost host, View view) {
    Description now = view.description();
    if (!view.isOnline() || isSilent(host)) {
      return true;
    }
    if (next.owner().instance().equals(now.owner().instance())) {
      return next.revision() >= now.revision();
    }
    int order = Long.compare(next.claimedAtMs(), now.claimedAtMs());
    return order > 0
        || (order == 0 && next.owner().instance().compareTo(now.owner().instance()) > 0);
  }

  /** The owner saves; if it is gone with all its hosts, the live worker with the lowest id does. */
  private boolean isOursToSave(Description description) {
    UUID owner = description.owner().instance();
    if (owner.equals(self)) {
      return true;
    }
    return !workers.containsKey(owner)
        && workers.keySet().stream().noneMatch(other -> other.compareTo(self) < 0);
  }

  /** A connection without a sample yet does not make us forget the last one before. */
  private static Newest kept(View view, Newest newest) {
    Newest last = view.newest();
    return new Newest(
        last.lastSampleAtMs(),
        newest.rttMs(),
        newest.clockOffsetMs(),
        last.takenAtMs(),
        last.sequence(),
        last.values());
  }

  private static Newest newest(HostRecord record) {
    if (record.last().isEmpty()) {
      return Newest.NONE;
    }
    Sample sample = record.last().get();
    var values = new ByteWriter();
    for (long value : sample.scaled()) {
      PackedValues.write(value, values);
    }
    return new Newest(
        record.lastSampleAtMs(),
        -1,
        0,
        sample.takenAtMs(),
        sample.sequence(),
        values.toByteArray());
  }

  /** Reads one frame into the table. */
  void read(byte[] frame, boolean own, SeriesSets sets) throws Malformed {
    new FleetFrameReader(sets, this).read(frame, instance -> instance.equals(self) == own);
  }
}
