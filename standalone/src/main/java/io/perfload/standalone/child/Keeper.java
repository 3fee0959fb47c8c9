// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.child;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one process running: starts it, and starts it again whenever it ends. Confined to the
 * thread of its {@link Timer}.
 */
public final class Keeper {
  private final ChildCommand command;
  private final Launcher launcher;
  private final Timer timer;
  private final LongSupplier nanoTime;
  private final Events events;
  private final RestartDelay delay = new RestartDelay();
  private @Nullable Child child;
  private long startedAt;
  private boolean wanted;

  /**
   * Starts nothing yet.
   *
   * @param events told on the timer's thread
   */
  public Keeper(
      ChildCommand command, Launcher launcher, Timer timer, LongSupplier nanoTime, Events events) {
    this.command = command;
    this.launcher = launcher;
    this.timer = timer;
    this.nanoTime = nanoTime;
    this.events = events;
  }

  /** Wants the process from now on. */
  public void start() {
    wanted = true;
    launch();
  }

  /** No longer starts the process again. It is left running. */
  public void letGo() {
    wanted = false;
  }

  /** The process, while there is one. */
  public Optional<Child> child() {
    return Optional.ofNullable(child).filter(Child::alive);
  }

  public ChildCommand command() {
    return command;
  }

  private void launch() {
    if (!wanted) {
      return;
    }
    startedAt = nanoTime.getAsLong();
    try {
      Child launched = launcher.launch(command, code -> timer.now(() -> ended(code)));
      child = launched;
      events.started(command.role(), launched);
    } catch (IOException e) {
      child = null;
      again("cannot be started: " + e.getMessage(), Optional.empty());
    }
  }

  private void ended(int code) {
    child = null;
    if (wanted && code == 0) {
      asked();
    } else if (wanted) {
      again(
          "ended with " + (code > 128 ? "signal " + (code - 128) : "exit code " + code),
          Optional.of(code));
    }
  }

  /** Somebody replaced it on purpose: a master made way for the next. */
  private void asked() {
    Duration wait = RestartDelay.afterAsked(lived());
    events.madeWay(command.role(), wait);
    timer.in(wait, this::launch);
  }

  private Duration lived() {
    return Duration.ofNanos(nanoTime.getAsLong() - startedAt);
  }

  private void again(String what, Optional<Integer> code) {
    Duration wait = delay.after(lived());
    events.ended(command.role(), new End(what, code, delay.failures(), wait));
    timer.in(wait, this::launch);
  }

  /** Runs tasks one after the other on one thread. */
  public interface Timer {
    /** As soon as it can. Any thread. */
    void now(Runnable task);

    /** After {@code delay}. */
    void in(Duration delay, Runnable task);
  }

  /** What a keeper tells. */
  public interface Events {
    void started(Role role, Child child);

    /** It ended though it is wanted, and will be started again. */
    void ended(Role role, End end);

    /** It ended as it was asked to, without a fault, and will be started again. */
    void madeWay(Role role, Duration delay);
  }

  /**
   * How a process ended.
   *
   * @param what for people, such as {@code ended with exit code 1}
   * @param code its exit code, if it ran at all
   * @param failures how often in a row without holding out
   * @param delay until it is started again
   */
  public record End(String what, Optional<Integer> code, int failures, Duration delay) {}
}
