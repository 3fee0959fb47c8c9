// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.perfload.common.control.ControlCodec;
import io.perfload.common.control.FromMaster;
import io.perfload.common.control.FromWorker;
import io.perfload.common.control.RunDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections from the hand of the master of a run directory, whichever it is: masters come and go,
 * and this registers with each.
 *
 * <p>All of it happens on one event loop of its own, named {@code adopt}, so that busy connections
 * cannot delay new ones.
 */
@SuppressWarnings("FutureReturnValueIgnored") // timers and closes of this loop
public final class MasterDoor implements Door {
  private static final Logger log = LoggerFactory.getLogger(MasterDoor.class);
  private static final long TICK_MILLIS = 100;
  private static final int LEAST_ERROR = 24;
  private static final long REPORT_NANOS = Duration.ofSeconds(1).toNanos();

  /** A worker without a master for so long lets go of the listening socket. */
  static final Duration KEEP_DOOR = Duration.ofSeconds(60);

  private final RunDirectory run;
  private final UUID instance;
  private final AdoptedSockets sockets;
  private final DoorOrders orders;
  private final Duration keepDoor;
  private final DescriptorRoom room;
  private final OpenConnections connections;
  private final MultiThreadIoEventLoopGroup group;
  private final IoEventLoop loop;
  private final RetryDelay delay = new RetryDelay(ThreadLocalRandom.current());
  private final DoorCopy copy = new DoorCopy();
  private final Set<HandoverLink> links = new HashSet<>();
  private final ControlLink.Events control = new Control();
  private final HandoverLink.Events handover = new Handover();

  private volatile DoorView view = DoorView.UNKNOWN;
  private @Nullable ControlLink master;
  private @Nullable HandoverLink current;
  private @Nullable CompletableFuture<Void> leaving;
  private long aloneSinceNanos;
  private long reportedNanos;
  private int reportedOpen;
  private long reportedAnswers;

  private MasterDoor(
      RunDirectory run,
      UUID instance,
      AdoptedSockets sockets,
      DoorOrders orders,
      AddressLimit limit,
      Duration keepDoor,
      DescriptorRoom room) {
    this.run = run;
    this.instance = instance;
    this.sockets = sockets;
    this.orders = orders;
    connections = new OpenConnections(limit);
    this.keepDoor = keepDoor;
    this.room = room;
    group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("adopt"), EpollIoHandler.newFactory());
    loop = group.next();
  }

  /**
   * Starts to look for a master; returns at once, and never gives up.
   *
   * @param instance random, one a process
   */
  public static MasterDoor open(
      RunDirectory run,
      UUID instance,
      AdoptedSockets sockets,
      DoorOrders orders,
      AddressLimit limit) {
    return open(run, instance, sockets, orders, limit, KEEP_DOOR, DescriptorRoom.measure());
  }

  static MasterDoor open(
      RunDirectory run,
      UUID instance,
      AdoptedSockets sockets,
      DoorOrders orders,
      AddressLimit limit,
      Duration keepDoor,
      DescriptorRoom room) {
    var door = new MasterDoor(run, instance, sockets, orders, limit, keepDoor, room);
    door.loop.execute(door::start);
    return door;
  }

  private void start() {
    aloneSinceNanos = System.nanoTime();
    connect();
    loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  // ---- control

  private void connect() {
    if (leaving == null) {
      ControlLink.connect(run.controlSocket(), loop, control);
    }
  }

  private final class Control implements ControlLink.Events {
    @Override
    public void connected(ControlLink link) {
      master = link;
      int open = connections.count();
      link.send(
          new FromWorker.Register(
              ControlCodec.VERSION,
              instance,
              ProcessHandle.current().pid(),
              view.slot().orElse(-1),
              room.left(open),
              open));
    }

    @Override
    public void said(ControlLink link, FromMaster message) {
      message.on(new Heard(link)).run();
    }

    @Override
    public void ended(ControlLink link) {
      if (master == link) {
        master = null;
        current = null;
        if (view.attached()) {
          log.info("Master is gone, waiting for the next: slot={}", view.slot().orElse(-1));
          aloneSinceNanos = System.nanoTime();
        }
        view = view.detached();
      }
      loop.schedule(MasterDoor.this::connect, delay.nextMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** What to do about each message. */
  private final class Heard implements FromMaster.Cases<Runnable> {
    private final ControlLink link;

    Heard(ControlLink link) {
      this.link = link;
    }

    @Override
    public Runnable slotAssigned(FromMaster.SlotAssigned message) {
      return () -> attach(link, message);
    }

    @Override
    public Runnable refused(FromMaster.Refused message) {
      return () -> log.warn("Master refused this worker: reason=\"{}\"", message.reason());
    }

    @Override
    public Runnable giveDoor(FromMaster.GiveDoor message) {
      return () -> copy.give(run.doorSocket());
    }

    @Override
    public Runnable doorClosed(FromMaster.DoorClosed message) {
      return copy::drop;
    }

    @Override
    public Runnable drain(FromMaster.Drain message) {
      return () -> orders.drain(Duration.ofMillis(message.withinMillis()));
    }

    @Override
    public Runnable roster(FromMaster.Roster message) {
      return () ->
          view =
              new DoorView(
                  view.node(), view.slot(), view.attached(), message.counters(), message.slots());
    }

    @Override
    public Runnable replaced(FromMaster.Replaced message) {
      return () -> {}; // not for workers
    }

    @Override
    public Runnable restartEnded(FromMaster.RestartEnded message) {
      return () -> {}; // not for workers
    }
  }

  private void attach(ControlLink link, FromMaster.SlotAssigned message) {
    try {
      current = HandoverLink.connect(run.handoverSocket(), instance, loop, handover);
    } catch (IOException e) {
      log.warn("Handover socket not connected: cause={}", e.toString());
      link.close();
      return;
    }
    links.add(current);
    delay.reset();
    reportedNanos = System.nanoTime() - REPORT_NANOS;
    reportedAnswers = 0;
    reportedOpen = connections.count();
    view =
        new DoorView(
            message.node(), OptionalInt.of(message.slot()), true, view.counters(), view.slots());
    log.info("Registered with the master: node={} slot={}", message.node(), message.slot());
  }

  // ---- handover

  private final class Handover implements HandoverLink.Events {
    @Override
    public void door(int fd) {
      copy.keep(fd);
    }

    @Override
    public void adopted(EpollSocketChannel channel) {
      try {
        connections.admit(channel, sockets);
      } catch (RuntimeException e) {
        log.error("Connection not taken in, closed", e);
      }
    }

    @Override
    public void batchEnded(HandoverLink link) {
      if (master != null && link == current) {
        reportInTime(master, link, System.nanoTime());
      }
    }

    @Override
    public void ended(HandoverLink link) {
      links.remove(link);
      tellIfLeft();
    }
  }

  // ---- time

  private void tick() {
    long now = System.nanoTime();
    if (!view.attached()) {
      loseDoorInTime(now);
    } else if (master != null && current != null) {
      reportInTime(master, current, now);
    }
  }

  private void loseDoorInTime(long now) {
    if (copy.isKept() && now - aloneSinceNanos > keepDoor.toNanos()) {
      log.warn("No master for {} s: listening socket closed", keepDoor.toSeconds());
      copy.drop();
    }
  }

  private void reportInTime(ControlLink to, HandoverLink link, long now) {
    int open = connections.count();
    if (now - reportedNanos >= REPORT_NANOS || masterIsWrong(link, open)) {
      reportedNanos = now;
      reportedOpen = open;
      reportedAnswers = link.answered();
      to.send(new FromWorker.Load(open, room.left(open), reportedAnswers));
    }
  }

  /**
   * The master adds what it hands over to what it was told; it cannot see what closes. It is told
   * when it must be wrong by more than a sixteenth, or its bound on the load would move clients for
   * nothing.
   */
  private boolean masterIsWrong(HandoverLink link, int open) {
    long believed = reportedOpen + link.answered() - reportedAnswers;
    return Math.abs(believed - open) > Math.max(LEAST_ERROR, open / 16);
  }

  // ---- for the rest of the worker

  @Override
  public DoorView view() {
    return view;
  }

  @Override
  public int connections() {
    return connections.count();
  }

  @Override
  public CompletableFuture<Void> leave(Duration within) {
    var left = new CompletableFuture<Void>();
    loop.execute(
        () -> {
          leaving = left;
          copy.drop();
          if (master != null) {
            master.send(new FromWorker.Leaving());
          }
          tellIfLeft();
        });
    return left.completeOnTimeout(null, within.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tellIfLeft() {
    if (leaving != null && links.isEmpty()) {
      leaving.complete(null);
    }
  }

  @Override
  public void close() {
    loop.submit(
            () -> {
              leaving = new CompletableFuture<>();
              if (master != null) {
                master.close();
              }
              Set.copyOf(links).forEach(HandoverLink::close);
              copy.drop();
            })
        .syncUninterruptibly();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
