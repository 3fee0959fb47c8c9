// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.roster;

import io.perfload.common.control.PidFile;
import io.perfload.common.control.ProcessIdentity;
import io.perfload.common.control.RunDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts, recognises, kills and buries processes on one thread named {@code roster}; every outcome
 * is told on the door's event loop, in the order in which the questions were asked.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails there is told elsewhere
public final class WorkerProcesses implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkerProcesses.class);
  private static final long POLL_MILLIS = 10;

  /** For processes that were killed, or will be. */
  static final Duration FOR_EVER = Duration.ofDays(365);

  private final RunDirectory run;
  private final Executor loop;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var worker = new Thread(task, "roster");
            worker.setDaemon(true);
            return worker;
          });

  /**
   * @param loop the door's event loop
   */
  public WorkerProcesses(RunDirectory run, Executor loop) {
    this.run = run;
    this.loop = loop;
  }

  /**
   * Starts a worker for {@code slot} and writes its pid file.
   *
   * @param started told its identity, empty if it failed
   * @param exited told when it is dead, after {@code started}
   */
  void start(
      WorkerCommand command,
      int slot,
      Consumer<Optional<ProcessIdentity>> started,
      Consumer<ProcessIdentity> exited) {
    thread.execute(() -> tell(started, start(command, run.workerPid(slot), exited)));
  }

  /** The same for a process that is to take the slot from the one that has it. */
  void startNext(
      WorkerCommand command,
      int slot,
      Consumer<Optional<ProcessIdentity>> started,
      Consumer<ProcessIdentity> exited) {
    thread.execute(() -> tell(started, start(command, run.nextWorkerPid(slot), exited)));
  }

  private Optional<ProcessIdentity> start(
      WorkerCommand command, PidFile file, Consumer<ProcessIdentity> exited) {
    try {
      Process process = command.start();
      Optional<ProcessIdentity> identity = ProcessIdentity.of(process.pid());
      if (identity.isPresent()) {
        file.write(identity.get());
        process.onExit().thenRunAsync(() -> tell(exited, identity.get()), thread);
      }
      return identity;
    } catch (IOException e) {
      log.error("Worker not started: command={}", command.words(), e);
      return Optional.empty();
    }
  }

  /** Tells who has {@code pid}; empty if it is not visible from here. */
  void identify(int pid, Consumer<Optional<ProcessIdentity>> identified) {
    thread.execute(() -> tell(identified, pid > 0 ? ProcessIdentity.of(pid) : Optional.empty()));
  }

  /**
   * Kills {@code process} if {@code kill}, and tells when it is dead, if that is {@code within}.
   */
  void awaitDeath(ProcessIdentity process, boolean kill, Duration within, Runnable dead) {
    long deadline = System.nanoTime() + within.toNanos();
    thread.execute(
        () -> {
          if (kill) {
            process.kill();
          }
          poll(process, deadline, dead);
        });
  }

  private void poll(ProcessIdentity process, long deadline, Runnable dead) {
    if (!process.alive()) {
      loop.execute(dead);
    } else if (System.nanoTime() - deadline < 0) {
      thread.schedule(() -> poll(process, deadline, dead), POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Does something with the run directory. */
  void later(Runnable task) {
    thread.execute(task);
  }

  /** Tells whether {@code process} lives. */
  void ask(ProcessIdentity process, Consumer<Boolean> lives) {
    thread.execute(() -> tell(lives, process.alive()));
  }

  void kill(ProcessIdentity process) {
    thread.execute(process::kill);
  }

  /** Another process will take the slot from {@code old}. At each moment some file names each. */
  void demote(int slot, ProcessIdentity old) {
    thread.execute(() -> write(run.formerWorkerPid(slot), old));
  }

  /** The slot is {@code next}'s now. */
  void promote(int slot, ProcessIdentity next) {
    thread.execute(
        () -> {
          write(run.workerPid(slot), next);
          delete(run.nextWorkerPid(slot));
        });
  }

  private static void write(PidFile file, ProcessIdentity process) {
    try {
      file.write(process);
    } catch (IOException e) {
      log.warn("Pid file not written: path={} cause={}", file.path(), e.toString());
    }
  }

  void forget(int slot) {
    thread.execute(() -> delete(run.workerPid(slot)));
  }

  void forgetNext(int slot) {
    thread.execute(() -> delete(run.nextWorkerPid(slot)));
  }

  void forgetFormer(int slot) {
    thread.execute(() -> delete(run.formerWorkerPid(slot)));
  }

  private static void delete(PidFile file) {
    try {
      file.delete();
    } catch (IOException e) {
      log.debug("Pid file not removed: path={} cause={}", file.path(), e.toString());
    }
  }

  private <T> void tell(Consumer<T> consumer, T value) {
    loop.execute(() -> consumer.accept(value));
  }

  /** Ends the thread; processes are left as they are. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(Duration.ofSeconds(2).toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
