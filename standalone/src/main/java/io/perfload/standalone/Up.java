// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import io.perfload.common.control.ProcessIdentity;
import io.perfload.standalone.child.Child;
import io.perfload.standalone.child.Keeper;
import io.perfload.standalone.child.Launcher;
import io.perfload.standalone.child.OneThread;
import io.perfload.standalone.child.Readiness;
import io.perfload.standalone.child.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Everything on this machine, kept running. Keepers and what they tell belong to the thread named
 * {@code keeper}.
 */
final class Up {
  /** So often a process may end before the page answers; then something is wrong for good. */
  private static final int TRIES = 3;

  private static final Duration PROBE_WITHIN = Duration.ofSeconds(1);
  private static final Duration CUT_LOGS = Duration.ofSeconds(10);
  private static final int LAST_LINES = 5;

  private final Plan plan;
  private final DataDirectory data;
  private final Progress progress;
  private final OneThread thread = new OneThread();
  private final List<Keeper> keepers = new ArrayList<>();
  private final List<Readiness> awaited = new ArrayList<>();
  private final BlockingQueue<Optional<UpFailed>> page = new ArrayBlockingQueue<>(1);
  private volatile boolean answered;

  Up(Plan plan, DataDirectory data, Launcher launcher, Progress progress) {
    this.plan = plan;
    this.data = data;
    this.progress = progress;
    plan.children()
        .forEach(
            command ->
                keepers.add(
                    new Keeper(command, launcher, thread, System::nanoTime, new Watching())));
  }

  /** Starts all processes and returns. */
  void start() {
    thread.now(() -> keepers.forEach(Keeper::start));
    thread.every(CUT_LOGS, this::cutLogs);
    plan.redis()
        .ifPresent(
            redis ->
                await(
                    "redis at " + redis.place(),
                    () -> redis.ask(PROBE_WITHIN).isEmpty(),
                    () -> {}));
    plan.store()
        .ifPresent(store -> await("store at " + text(store), () -> accepts(store), () -> {}));
    var door = new DoorProbe(plan.door(), PROBE_WITHIN);
    await("door at " + plan.door(), door::answers, () -> answered());
  }

  private void answered() {
    answered = true;
    page.offer(Optional.empty());
  }

  /** Returns the page's address once it answers; fails if a process ends again and again. */
  String awaitPage() throws UpFailed, InterruptedException {
    Optional<UpFailed> failure = page.take();
    if (failure.isPresent()) {
      throw failure.get();
    }
    return new DoorProbe(plan.door(), PROBE_WITHIN).url();
  }

  /** Stops everything in order and says what is left, if anything. Blocks within deadlines. */
  Stopping.Outcome stop(Stopping stopping) throws InterruptedException {
    awaited.forEach(Readiness::close);
    List<Stopping.Member> children =
        thread.ask(
            () -> {
              keepers.forEach(Keeper::letGo);
              return keepers.stream().flatMap(Up::member).toList();
            });
    Stopping.Outcome outcome = stopping.stop(children);
    thread.close();
    return outcome;
  }

  private static java.util.stream.Stream<Stopping.Member> member(Keeper keeper) {
    return keeper.child().stream()
        .map(child -> new Stopping.Member(keeper.command().role(), child));
  }

  private void await(String what, java.util.function.BooleanSupplier ready, Runnable then) {
    awaited.add(
        new Readiness(
            what.substring(0, what.indexOf(' ')),
            ready,
            () -> {
              progress.step(what + " answers");
              then.run();
            }));
  }

  private static boolean accepts(InetSocketAddress address) {
    try (var socket = new Socket()) {
      socket.connect(address, (int) PROBE_WITHIN.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  private void cutLogs() {
    for (Keeper keeper : keepers) {
      try {
        data.log(keeper.command().role().label()).cut();
      } catch (IOException e) {
        progress.say("  A log cannot be cut: " + e.getMessage());
      }
    }
  }

  /** Writes pid files, tells what ends, and gives up a start that cannot succeed. */
  private final class Watching implements Keeper.Events {
    @Override
    public void started(Role role, Child child) {
      Optional<ProcessIdentity> identity = ProcessIdentity.of(child.pid());
      if (role == Role.MASTER || identity.isEmpty()) {
        return;
      }
      try {
        data.pid(role).write(identity.get());
      } catch (IOException e) {
        progress.say("  No pid file for " + role.label() + ": " + e.getMessage());
      }
    }

    @Override
    public void ended(Role role, Keeper.End end) {
      String what = role.label() + " " + end.what();
      if (answered) {
        progress.say("  " + what + "; started again" + in(end.delay()));
      } else if (end.failures() >= TRIES || end.code().filter(Up::isFinal).isPresent()) {
        page.offer(Optional.of(new UpFailed("The " + what + "." + lastWords(role))));
      }
    }

    @Override
    public void madeWay(Role role, Duration delay) {
      progress.say("  " + role.label() + " made way for the next" + in(delay));
    }

    private String in(Duration wait) {
      return wait.isZero() ? " at once" : " in " + wait.toMillis() + " ms";
    }

    private String lastWords(Role role) {
      var log = data.log(role.label());
      List<String> lines = log.lastLines(LAST_LINES);
      return (lines.isEmpty() ? " It printed nothing to " : " The end of ")
          + log.path()
          + (lines.isEmpty() ? "." : ":\n    " + String.join("\n    ", lines));
    }
  }

  /** Wrong usage or a bad configuration: starting it again changes nothing. */
  private static boolean isFinal(int code) {
    return code == io.perfload.cli.Program.WRONG_USAGE
        || code == io.perfload.cli.Program.BAD_CONFIGURATION;
  }
}
