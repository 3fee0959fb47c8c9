// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import static java.util.Objects.requireNonNull;

import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.HostId;
import io.perfload.worker.history.HostRecord;
import io.perfload.worker.history.HostStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins our hosts and everybody else's to one fleet: reads every frame, ours and those from the
 * bus, judges silence, answers other workers, keeps the host store up to date. Does so on one
 * thread named {@code fleet}; frames wait for it in a queue of {@value #QUEUE}, where the newest
 * push out the oldest.
 */
public final class FleetExchange {
  private static final Logger log = LoggerFactory.getLogger(FleetExchange.class);
  private static final int QUEUE = 4096;
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration DESCRIBE_PAUSE = Duration.ofSeconds(1);
  private static final int SAVE_PARTS = 60_000 / (int) TICK.toMillis();

  private final UUID self;
  private final PeerBus bus;
  private final OwnHosts own;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final SeriesSets sets;
  private final FleetTable table;
  private final Feeds feeds;
  private final PeerTails tails;
  private final HostKeeper keeper;
  private final Attention attention = new Attention(TICK.multipliedBy(2));
  private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong overflown = new AtomicLong();
  private final AtomicLong malformed = new AtomicLong();
  private final Map<UUID, Long> asked = new HashMap<>();
  private final List<PeerBus.Subscription> subscriptions = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "fleet");
  private volatile boolean stopped;
  private long nextTick;
  private int savePart;
  private boolean wasUp;

  public FleetExchange(
      UUID self,
      PeerBus bus,
      OwnHosts own,
      HostStore store,
      SeriesSets sets,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.self = requireNonNull(self, "self");
    this.bus = requireNonNull(bus, "bus");
    this.own = requireNonNull(own, "own");
    this.sets = requireNonNull(sets, "sets");
    this.clock = requireNonNull(clock, "clock");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    table = new FleetTable(self, clock, nanoTime);
    feeds = new Feeds(self, bus, sets, table::online, nanoTime);
    tails = new PeerTails(self, bus, own, table::online);
    keeper = new HostKeeper(store, records -> enqueue(() -> remember(records)));
    thread.setDaemon(true);
  }

  /** Begins; nothing waits for the bus or the store. */
  public void start() {
    listen();
    thread.start();
    keeper.start();
    keeper.load();
  }

  /**
   * Begins without threads: from then on one thread has to call {@link #proceed} again and again,
   * and the host store is left alone.
   */
  public void listen() {
    subscriptions.add(bus.subscribe(PeerBus.FLEET, frame -> enqueue(() -> read(frame, false))));
    subscriptions.add(bus.subscribe(PeerBus.ask(self), this::asked));
    subscriptions.add(bus.subscribe(PeerBus.reply(self), this::replied));
    nextTick = nanoTime.getAsLong();
  }

  /**
   * Does all that is due and never waits.
   *
   * @return how many nanoseconds there is nothing else to do, unless somebody says something
   */
  public long proceed() {
    Runnable work;
    do {
      if (nextTick - nanoTime.getAsLong() <= 0) {
        nextTick = nanoTime.getAsLong() + TICK.toNanos();
        attempt(this::tick);
      }
      work = queue.poll();
      if (work != null) {
        attempt(work);
      }
    } while (work != null && !stopped);
    return Math.max(0, nextTick - nanoTime.getAsLong());
  }

  public Fleet fleet() {
    return table;
  }

  public Tails tails() {
    return tails;
  }

  public Feeds feeds() {
    return feeds;
  }

  /** Since when the host has been online without a break, if it is. Any thread. */
  public Optional<Long> onlineSince(HostId id) {
    return table.onlineSince(id);
  }

  /**
   * Takes what one event loop has to say of its hosts this second. Any thread; never blocks.
   *
   * @param part which event loop
   * @param descriptions reach everybody, or are asked for again
   * @param news newest values
   */
  public void publish(int part, List<byte[]> descriptions, List<byte[]> news) {
    descriptions.forEach(
        frame -> {
          enqueue(() -> read(frame, true));
          bus.publish(PeerBus.FLEET, frame);
        });
    news.forEach(frame -> enqueue(() -> read(frame, true)));
    bus.publishNewest(part, news);
  }

  /** A host of ours has left for good. Any thread; never blocks. */
  public void gone(Place place, HostId host) {
    byte[] frame = FleetFrameWriter.gone(place, clock.millis(), host);
    enqueue(() -> read(frame, true));
    bus.publish(PeerBus.FLEET, frame);
  }

  /** Tells a worker that a host it speaks for has come to us. Any thread; never blocks. */
  public void supersede(UUID previous, HostId host, long sinceMs) {
    bus.publish(
        PeerBus.ask(previous), PeerMessage.encode(new PeerMessage.Superseded(host, sinceMs)));
  }

  /** Frames and requests that came too fast and were dropped. */
  public long overflown() {
    return overflown.get();
  }

  /** Frames of other workers that could not be read. */
  public long malformed() {
    return malformed.get();
  }

  /** Saves own hosts as they are now, within seconds, and stops. */
  public void stop() throws InterruptedException {
    subscriptions.forEach(PeerBus.Subscription::close);
    stopped = true;
    thread.interrupt();
    thread.join(1_000);
    for (int part = 0; part < SAVE_PARTS; part++) {
      save(table.unsaved(part, SAVE_PARTS));
    }
    keeper.stop();
  }

  private void enqueue(Runnable work) {
    while (!queue.offer(work)) {
      if (queue.poll() != null) {
        overflown.incrementAndGet();
      }
    }
  }

  private void run() {
    try {
      while (!stopped) {
        Runnable work = queue.poll(proceed(), TimeUnit.NANOSECONDS);
        if (work != null) {
          attempt(work);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.error("Fleet work failed", e);
    }
  }

  private void read(byte[] frame, boolean ours) {
    try {
      table.read(frame, ours, sets);
    } catch (Malformed e) {
      if (malformed.getAndIncrement() == 0) {
        log.warn("Fleet frame ignored: reason={}", e.getMessage());
      }
    }
  }

  private void remember(List<HostRecord> records) {
    records.forEach(table::remembered);
    log.info("Hosts loaded: count={}", records.size());
  }

  private void tick() {
    long up = bus.upForMs();
    table.judgeSilence(Math.min(up, attention.forMs(nanoTime.getAsLong())));
    save(table.takeLeft());
    savePart = (savePart + 1) % SAVE_PARTS;
    save(table.unsaved(savePart, SAVE_PARTS));
    askForDescriptions();
    feeds.tick();
    reloadAfterOutage(up >= 0);
  }

  /** Hosts that came and went elsewhere while we heard nothing are in the store. */
  private void reloadAfterOutage(boolean up) {
    if (up && !wasUp) {
      keeper.load();
      own.describeAll();
    }
    wasUp = up;
  }

  private void askForDescriptions() {
    long now = nanoTime.getAsLong();
    asked.values().removeIf(at -> now - at >= DESCRIBE_PAUSE.toNanos());
    for (UUID worker : table.takeUnexplained()) {
      if (asked.putIfAbsent(worker, now) != null) {
        continue;
      }
      if (worker.equals(self)) {
        own.describeAll();
      } else {
        bus.publish(PeerBus.ask(worker), PeerMessage.encode(new PeerMessage.Describe()));
      }
    }
  }

  private void save(List<KnownHost> hosts) {
    for (KnownHost host : hosts) {
      HostRecord record = host.view().toRecord();
      host.savedSampleAtMs = record.lastSampleAtMs();
      keeper.save(record);
    }
  }

  private void asked(byte[] message) {
    Optional<PeerMessage> read = Peers.read(message, sets);
    if (read.isEmpty()) {
      return;
    }
    PeerMessage ask = read.get();
    if (ask instanceof PeerMessage.Describe) {
      own.describeAll();
    } else if (ask instanceof PeerMessage.AskTail tail) {
      tails.answer(tail);
    } else if (ask instanceof PeerMessage.Watch watch && own.owns(watch.host())) {
      feeds.lease(watch.host());
    } else if (ask instanceof PeerMessage.Superseded superseded) {
      own.superseded(superseded.host(), superseded.sinceMs());
    }
  }

  private void replied(byte[] message) {
    Peers.read(message, sets)
        .ifPresent(
            reply -> {
              if (reply instanceof PeerMessage.Tail tail) {
                tails.answered(tail);
              }
            });
  }
}
