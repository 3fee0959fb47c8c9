// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master;

import io.netty.channel.Channel;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.perfload.common.control.FromMaster;
import io.perfload.common.route.StickyRoute;
import io.perfload.master.accept.ConnectRate;
import io.perfload.master.accept.Listener;
import io.perfload.master.handover.Handover;
import io.perfload.master.handover.HandoverServer;
import io.perfload.master.roster.ControlServer;
import io.perfload.master.roster.RestartListener;
import io.perfload.master.roster.Roster;
import io.perfload.master.roster.WorkerCommand;
import io.perfload.master.roster.WorkerProcesses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front door of one node. Everything but start and stop happens on one event loop named {@code
 * door}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails there is told elsewhere
public final class Master {
  private static final Logger log = LoggerFactory.getLogger(Master.class);

  /** How often the door looks around while connections are on their way, and while none is. */
  private static final long BUSY_TICK_MILLIS = 100;

  private static final long IDLE_TICK_MILLIS = 250;
  private static final long ROSTER_NANOS = Duration.ofMillis(950).toNanos();

  /** A tick so late means that this process stood still, and knows nothing about the others. */
  private static final Duration STOOD_STILL = Duration.ofSeconds(1);

  /** How long connections that are on their way may take at the end. */
  private static final Duration ON_THEIR_WAY = Duration.ofSeconds(5);

  /** How long to wait for a worker that can keep the door. */
  private static final Duration KEPT_WITHIN = Duration.ofSeconds(5);

  /** How long a master may take that was asked to make way. */
  private static final Duration MAKES_WAY = Duration.ofSeconds(15);

  private static final Duration LOCK_WITHIN = Duration.ofSeconds(5);

  private final MasterConfig config;
  private final LongSupplier nanoTime = System::nanoTime;
  private final MasterLock lock;
  private final MultiThreadIoEventLoopGroup group;
  private final IoEventLoop loop;
  private final WorkerProcesses processes;
  private final Roster roster;
  private final Channel control;
  private final Channel handover;
  private @Nullable Listener listener;
  private long lastTick;
  private long lastRoster;

  private Master(MasterConfig config, MasterLock lock, Runnable makeWay) throws IOException {
    this.config = config;
    this.lock = lock;
    group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("door"), EpollIoHandler.newFactory());
    loop = group.next();
    processes = new WorkerProcesses(config.run(), loop);
    var route = new StickyRoute();
    var rate =
        new ConnectRate(config.connects(), new SecureRandom().nextLong(), nanoTime.getAsLong());
    roster =
        new Roster(
            config.roster(),
            new WorkerCommand(config.workerCommand(), config.run()),
            processes,
            loop,
            nanoTime,
            events -> new Handover(route, rate, config.handover(), nanoTime, events),
            makeWay);
    var sockets = new LocalSocket(group);
    handover =
        sockets.listen(
            config.run().handoverSocket(), DomainSocketReadMode.BYTES, new HandoverServer(roster));
    control =
        sockets.listen(
            config.run().controlSocket(), DomainSocketReadMode.BYTES, new ControlServer(roster));
  }

  /**
   * Starts a master and returns once the door is open.
   *
   * @param makeWay called, on the door's event loop, when the next master asks this one to {@link
   *     #handOn}
   * @throws StartFailed if another master has the run directory, or somebody else the port
   */
  public static Master start(MasterConfig config, Runnable makeWay)
      throws IOException, InterruptedException {
    config.run().create();
    if (config.replace()) {
      Takeover.ask(config.run());
    }
    MasterLock lock = MasterLock.take(config.run(), config.replace() ? MAKES_WAY : LOCK_WITHIN);
    var master = new Master(config, lock, makeWay);
    try {
      master.open();
      return master;
    } catch (StartFailed | IOException | InterruptedException e) {
      master.roster.freeze();
      master.close();
      throw e;
    }
  }

  private void open() throws IOException, InterruptedException {
    lastTick = nanoTime.getAsLong();
    lastRoster = lastTick;
    loop.execute(() -> roster.recall(config.run()));
    loop.execute(this::tick);
    Socket socket = new DoorRecovery(config, new LocalSocket(group), roster, loop).open();
    loop.submit(
            () -> {
              listener = new Listener(socket, roster.handover());
              listener.join(loop);
              roster.handover().open(listener);
              roster.fill();
            })
        .syncUninterruptibly();
  }

  private void tick() {
    try {
      look(nanoTime.getAsLong());
    } catch (RuntimeException e) {
      log.error("Door's round failed", e);
    }
    if (!group.isShuttingDown()) {
      long delay = roster.handover().busy() ? BUSY_TICK_MILLIS : IDLE_TICK_MILLIS;
      loop.schedule(this::tick, delay, TimeUnit.MILLISECONDS);
    }
  }

  private void look(long now) {
    if (now - lastTick > STOOD_STILL.toNanos()) {
      roster.forgive(now);
    }
    lastTick = now;
    roster.tick(now);
    if (now - lastRoster > ROSTER_NANOS) {
      lastRoster = now;
      roster.announce();
    }
  }

  /** Where the door is. */
  public InetSocketAddress address() throws IOException {
    return loop.submit(
            () -> {
              if (listener == null) {
                return config.listen();
              }
              return ((Socket) listener.fd()).localAddress();
            })
        .syncUninterruptibly()
        .getNow();
  }

  /** What the door did, and who works here. Blocks until the door's loop says. */
  public FromMaster.Roster report() {
    return loop.submit(roster::report).syncUninterruptibly().getNow();
  }

  /**
   * Stops for good: the door is shut in every process, connections on their way arrive, managed
   * workers finish and exit, then this returns.
   */
  public void stop() {
    log.info("Stopping for good: workers finish what they have");
    on(
        () -> {
          roster.handover().stop();
          if (listener != null) {
            listener.shutDown();
          }
        });
    awaitDrained();
    var empty = new CompletableFuture<Void>();
    on(() -> roster.drain(() -> empty.complete(null)));
    Duration limit = config.roster().drainWithin();
    if (!await(empty, limit)) {
      log.warn("Workers killed: they did not finish within {} s", limit.toSeconds());
      on(roster::killAll);
      await(empty, ON_THEIR_WAY);
    }
    close();
  }

  /**
   * Makes way for the next master: connections on their way arrive, workers and the listening
   * socket in their hands stay, then this returns.
   */
  public void handOn() {
    log.info("Making way for the next master: workers keep the door");
    awaitKeeper();
    on(
        () -> {
          roster.freeze();
          roster.handover().stop();
          if (listener != null) {
            listener.close();
          }
        });
    awaitDrained();
    close();
  }

  /** Starts the workers anew, one after the other; nobody is refused meanwhile. */
  public void restartWorkers() {
    loop.execute(() -> roster.restartWorkers(RestartListener.NONE));
  }

  /** The last copy of the listening socket would take those in its backlog with it. */
  private void awaitKeeper() {
    var kept = new CompletableFuture<Void>();
    loop.execute(() -> pollKeeper(kept));
    if (!await(kept, KEPT_WITHIN)) {
      kept.cancel(false);
      log.warn("No worker keeps the door: those who wait in it are lost");
    }
  }

  private void pollKeeper(CompletableFuture<Void> kept) {
    if (roster.handover().isKept()) {
      kept.complete(null);
    } else if (!kept.isDone()) {
      loop.schedule(() -> pollKeeper(kept), 5, TimeUnit.MILLISECONDS);
    }
  }

  private void awaitDrained() {
    long deadline = nanoTime.getAsLong() + ON_THEIR_WAY.toNanos();
    var drained = new CompletableFuture<Void>();
    loop.execute(() -> pollDrained(deadline, drained));
    await(drained, ON_THEIR_WAY.plusSeconds(1));
  }

  private void pollDrained(long deadline, CompletableFuture<Void> drained) {
    int held = roster.handover().held();
    boolean late = nanoTime.getAsLong() - deadline > 0;
    if (held > 0 && late) {
      log.warn("Connections still on their way are left to their workers: held={}", held);
    }
    if (held == 0 || late) {
      drained.complete(null);
    } else {
      loop.schedule(() -> pollDrained(deadline, drained), 5, TimeUnit.MILLISECONDS);
    }
  }

  private void on(Runnable task) {
    loop.submit(task).syncUninterruptibly();
  }

  private static boolean await(CompletableFuture<Void> future, Duration limit) {
    try {
      future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void close() {
    control.close().syncUninterruptibly();
    handover.close().syncUninterruptibly();
    processes.close();
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    try {
      lock.close();
    } catch (IOException e) {
      log.warn("Lock not released: cause={}", e.toString());
    }
  }
}
