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
    thread.execute(() -> tell(started, start(command, slot, exited)));
  }

  private Optional<ProcessIdentity> start(
      WorkerCommand command, int slot, Consumer<ProcessIdentity> exited) {
    try {
      Process process = command.start();
      Optional<ProcessIdentity> identity = ProcessIdentity.of(process.pid());
      if (identity.isPresent()) {
        run.workerPid(slot).write(identity.get());
        process.onExit().thenRunAsync(() -> tell(exited, identity.get()), thread);
      }
      return identity;
    } catch (IOException e) {
      log.error("Worker not started: slot={} command={}", slot, command.words(), e);
      return Optional.empty();
    }
  }

  /** Tells who has {@code pid}; empty if it is not visible from here. */
  void identify(int pid, Consumer<Optional<ProcessIdentity>> identified) {
    thread.execute(() -> tell(identified, pid > 0 ? ProcessIdentity.of(pid) : Optional.empty()));
  }

  /** Kills {@code process} if {@code kill}, and tells when it is dead; polls until then. */
  void awaitDeath(ProcessIdentity process, boolean kill, Runnable dead) {
    thread.execute(
        () -> {
          if (kill) {
            process.kill();
          }
          poll(process, dead);
        });
  }

  private void poll(ProcessIdentity process, Runnable dead) {
    if (process.alive()) {
      thread.schedule(() -> poll(process, dead), POLL_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      loop.execute(dead);
    }
  }

  /** Does something with the run directory. */
  void later(Runnable task) {
    thread.execute(task);
  }

  void forget(int slot) {
    thread.execute(
        () -> {
          PidFile file = run.workerPid(slot);
          try {
            file.delete();
          } catch (IOException e) {
            log.debug("Pid file not removed: path={} cause={}", file.path(), e.toString());
          }
        });
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
