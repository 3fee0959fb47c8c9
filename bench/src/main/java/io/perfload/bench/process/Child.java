// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that a measurement started and ends. Its words go to a file. Any thread. */
public final class Child implements AutoCloseable {
  private static final long STOP_WITHIN_SECONDS = 5;
  private static final int LAST_LINES = 12;

  private final String name;
  private final Process process;
  private final Path words;

  private Child(String name, Process process, Path words) {
    this.name = name;
    this.process = process;
    this.words = words;
  }

  static Child start(String name, List<String> command, Path directory) throws IOException {
    Path words = directory.resolve(name + ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(words.toFile())
            .start();
    return new Child(name, process, words);
  }

  public long pid() {
    return process.pid();
  }

  /** Its pid and those it started. */
  public List<Long> pids() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  /**
   * Checks that it still runs.
   *
   * @throws IOException with its last words if not
   */
  public void check() throws IOException {
    if (!process.isAlive()) {
      throw new IOException(
          name + " ended with " + process.exitValue() + ":" + System.lineSeparator() + lastWords());
    }
  }

  /** Asks it to end. */
  void terminate() {
    process.destroy();
  }

  /** Asks it to end, and ends it if it does not. */
  @Override
  public void close() {
    terminate();
    try {
      if (!process.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(words);
    int from = Math.max(0, lines.size() - LAST_LINES);
    return String.join(System.lineSeparator(), lines.subList(from, lines.size()));
  }
}
