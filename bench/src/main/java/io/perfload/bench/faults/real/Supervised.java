// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process that is started again whenever it ends, as {@code perfload up} does, at most a few
 * times a second. Any thread, guarded by itself.
 */
final class Supervised implements AutoCloseable {
  private static final long REST_MS = 300;
  private static final long END_WITHIN_SECONDS = 20;

  private final String name;

  /** Java ignores a hang-up for ever if it does at the start, as it does under {@code nohup}. */
  private static final List<String> HEARS_HANGUP = List.of("env", "--default-signal=HUP");

  private final List<String> command;
  private final Path directory;
  private final Thread keeper;
  private final AtomicBoolean wanted = new AtomicBoolean(true);
  private List<String> prefix = List.of();
  private Optional<Process> process = Optional.empty();
  private int starts;
  private String failure = "";

  Supervised(String name, List<String> command, Path directory) {
    this.name = name;
    this.command = List.copyOf(command);
    this.directory = directory;
    this.keeper = new Thread(this::keep, "keep-" + name);
    keeper.setDaemon(true);
  }

  void start() {
    keeper.start();
  }

  /** Words that come before its command from the next start on. */
  synchronized void precede(List<String> words) {
    prefix = List.copyOf(words);
  }

  /** Its pid, while it runs. */
  synchronized Optional<Long> pid() {
    return process.filter(Process::isAlive).map(Process::pid);
  }

  /** How often it was started. */
  synchronized int starts() {
    return starts;
  }

  /** Sends it a signal, if it runs. */
  void signal(String signal) throws IOException, InterruptedException {
    Optional<Long> pid = pid();
    if (pid.isPresent()) {
      Signals.send(pid.get(), signal);
    }
  }

  /** Ends it for good. */
  @Override
  public void close() {
    wanted.set(false);
    keeper.interrupt();
    Optional<Process> last;
    synchronized (this) {
      last = process;
    }
    last.ifPresent(Supervised::end);
  }

  Path words() {
    return directory.resolve(name + ".log");
  }

  private void keep() {
    try {
      while (wanted.get()) {
        Optional<Process> started = launch();
        if (started.isPresent()) {
          started.get().waitFor();
        }
        TimeUnit.MILLISECONDS.sleep(REST_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Optional<Process> launch() {
    if (!wanted.get()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>(prefix);
    words.addAll(HEARS_HANGUP);
    words.addAll(command);
    try {
      process =
          Optional.of(
              new ProcessBuilder(words)
                  .directory(directory.toFile())
                  .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                  .redirectErrorStream(true)
                  .redirectOutput(Redirect.appendTo(words().toFile()))
                  .start());
      starts++;
      return process;
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
      return Optional.empty();
    }
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized String toString() {
    return name + " started " + starts + " times" + (failure.isEmpty() ? "" : ", " + failure);
  }
}
