// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * All processes of a measurement and the directory they work in; nothing of either is left behind,
 * also when the measurement is interrupted. Any thread, guarded by itself.
 */
public final class Children implements AutoCloseable {
  private final Path directory;
  private final Deque<Child> started = new ArrayDeque<>();
  private final Thread atExit = new Thread(this::stopAll, "stop-children");
  private boolean closed;

  public Children() throws IOException {
    directory = Files.createTempDirectory("perfload-bench-");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** A directory of this measurement alone, 0700. */
  public Path directory() {
    return directory;
  }

  /** Starts {@code command}; {@code name} is for messages and its file of words. */
  public synchronized Child start(String name, List<String> command) throws IOException {
    if (closed) {
      throw new IOException("the measurement is being stopped");
    }
    Child child = Child.start(name, command, directory);
    started.push(child);
    return child;
  }

  /** Stops all of them, the last first, and removes the directory. */
  @Override
  public void close() {
    stopAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // the hook is what calls us
    }
  }

  private synchronized void stopAll() {
    closed = true;
    started.forEach(Child::terminate);
    while (!started.isEmpty()) {
      started.pop().close();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("Left behind: " + directory + " (" + e.getMessage() + ")");
    }
  }
}
