// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker;

import io.perfload.common.config.HostPort;
import io.perfload.common.model.HostId;
import io.perfload.worker.adopt.AddressLimit;
import io.perfload.worker.adopt.DirectDoor;
import io.perfload.worker.adopt.Door;
import io.perfload.worker.adopt.DoorOrders;
import io.perfload.worker.adopt.DoorView;
import io.perfload.worker.adopt.MasterDoor;
import io.perfload.worker.api.Api;
import io.perfload.worker.api.ApiParts;
import io.perfload.worker.api.DoorReport;
import io.perfload.worker.api.RouteLookup;
import io.perfload.worker.api.WorkerStats;
import io.perfload.worker.fleet.Place;
import io.perfload.worker.history.ExpirySweep;
import io.perfload.worker.history.HistoryReader;
import io.perfload.worker.history.HistoryWriter;
import io.perfload.worker.mongo.MongoStores;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole worker: the stores, the core, what it tells browsers, and the door. */
final class Worker {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final Duration ADOPTIONS = Duration.ofSeconds(1);
  private static final Duration PARTINGS = Duration.ofSeconds(1);

  private final WorkerConfig config;
  private final InstantSource clock = InstantSource.system();
  private final long startedAtMs = clock.millis();
  private final UUID instance = UUID.randomUUID();
  private final MongoStores stores;
  private final HistoryWriter writer;
  private final WorkerCore core;
  private final ExpirySweep sweep;
  private final Api api;
  private volatile @Nullable Door door;

  private Worker(WorkerConfig config) {
    this.config = config;
    stores = new MongoStores(config.mongo());
    writer =
        new HistoryWriter(
            stores.chunks(),
            stores.series(),
            stores.gaps(),
            config.history(),
            clock,
            System::nanoTime,
            ThreadLocalRandom.current());
    core =
        new WorkerCore(
            config.redis(),
            config.prefix(),
            config.threads(),
            config.sessions(),
            instance,
            this::place,
            writer,
            stores.hosts());
    sweep =
        new ExpirySweep(stores.chunks(), this::everyHost, config.history().keep(), clock, writer);
    api = new Api(parts());
  }

  /**
   * Starts a worker; waits for no store and no master.
   *
   * @param orders what to do when the master wants it to stop
   * @throws IOException if a port of its own cannot be had
   */
  static Worker start(WorkerConfig config, DoorOrders orders) throws IOException {
    var worker = new Worker(config);
    worker.writer.start();
    worker.sweep.start();
    worker.api.start();
    worker.core.start(worker.api.http());
    worker.door = worker.openDoor(orders);
    return worker;
  }

  /** Where it takes connections, for people. */
  String whereabouts() {
    return door instanceof DirectDoor direct
        ? new HostPort(direct.address().getHostString(), direct.address().getPort()).toString()
        : config.run().toString();
  }

  /** Lets nobody in any more, sends agents elsewhere, finishes writes; tells what was left. */
  void stop(Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    Door entrance = door;
    if (entrance != null) {
      entrance.leave(shorter(ADOPTIONS, deadline)).join();
    }
    core.drain(shorter(PARTINGS, deadline));
    awaitPartings(deadline);
    sweep.stop();
    writer.drain(shorter(within, deadline));
    api.close();
    core.stop(shorter(Duration.ofSeconds(2), deadline));
    if (entrance != null) {
      entrance.close();
    }
    stores.close();
    log.info("Worker stopped");
  }

  private Collection<HostId> everyHost() {
    return core.fleet().all().stream().map(state -> state.profile().id()).toList();
  }

  private void awaitPartings(long deadline) throws InterruptedException {
    long until = Math.min(deadline, System.nanoTime() + PARTINGS.multipliedBy(3).toNanos());
    while (core.sessions().hosts() > 0 && System.nanoTime() - until < 0) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static Duration shorter(Duration wanted, long deadline) {
    Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    return left.compareTo(wanted) < 0 ? left : wanted;
  }

  private Door openDoor(DoorOrders orders) throws IOException {
    if (config.listen().isEmpty()) {
      return MasterDoor.open(config.run(), instance, core::take, orders, limit());
    }
    HostPort listen = config.listen().get();
    var address = new InetSocketAddress(listen.host(), listen.port());
    if (address.isUnresolved()) {
      throw new IOException("cannot listen at " + listen + ": no such host");
    }
    return DirectDoor.open(address, config.node(), core::take, limit());
  }

  private AddressLimit limit() {
    return new AddressLimit(
        config.perAddress(), config.allow(), () -> core.refusals().count("address"));
  }

  private DoorView view() {
    Door now = door;
    return now == null ? DoorView.UNKNOWN : now.view();
  }

  private Place place() {
    DoorView view = view();
    String node = view.node().isEmpty() ? config.node() : view.node();
    return new Place(instance, node, view.slot().orElse(0));
  }

  private ApiParts parts() {
    return new ApiParts(
        core.fleet(),
        core.tails(),
        core.feeds(),
        new HistoryReader(stores.chunks(), stores.series(), stores.gaps()),
        writer::counts,
        () -> report(view()),
        client -> routed(view().route(client)),
        this::stats,
        core.refusals(),
        clock);
  }

  private WorkerStats stats() {
    DoorView view = view();
    Door now = door;
    return new WorkerStats(
        place().node(),
        view.slot(),
        config.shown(),
        startedAtMs,
        now == null ? 0 : now.connections(),
        core.sessions().count());
  }

  private static DoorReport report(DoorView view) {
    return new DoorReport(
        view.node(),
        view.counters(),
        view.slots().stream()
            .map(
                slot ->
                    new DoorReport.Slot(
                        slot.slot(),
                        slot.pid(),
                        slot.state().label(),
                        slot.connections(),
                        slot.adopted(),
                        slot.restarts()))
            .toList());
  }

  private static RouteLookup.Routed routed(DoorView.Route route) {
    OptionalInt slot = route.slot().map(OptionalInt::of).orElseGet(OptionalInt::empty);
    return new RouteLookup.Routed(slot, route.preference());
  }
}
