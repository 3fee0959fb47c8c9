// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.stack;

import io.perfload.bench.process.Child;
import io.perfload.bench.process.Children;
import io.perfload.bench.process.FreePort;
import io.perfload.bench.process.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The embedded store as a process that can be killed and started again on the same file and port.
 * One thread.
 */
public final class StoreServer {
  private static final Duration START_WITHIN = Duration.ofSeconds(60);
  private static final long POLL_MS = 20;

  private final Children children;
  private final Path file;
  private final Path portFile;
  private final int port;
  private Optional<Child> running = Optional.empty();
  private int starts;

  /** Nothing is started yet. */
  StoreServer(Children children) throws IOException {
    this.children = children;
    file = children.directory().resolve("store.mv");
    portFile = children.directory().resolve("store.port");
    port = FreePort.onLoopback().getPort();
  }

  /** Where a worker finds it. */
  String uri() {
    return "mongodb://127.0.0.1:" + port + "/perfload";
  }

  /** Starts it and waits until it answers. */
  public void start() throws IOException, InterruptedException {
    Files.deleteIfExists(portFile);
    List<String> options =
        List.of(
            "--file", file.toString(),
            "--port", Integer.toString(port),
            "--port-file", portFile.toString());
    Child child = children.start("store-" + starts++, Role.STORE.command(options));
    running = Optional.of(child);
    long end = System.nanoTime() + START_WITHIN.toNanos();
    while (!Files.exists(portFile)) {
      child.check();
      if (System.nanoTime() > end) {
        throw new IOException("the embedded store did not start in time");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  /** Kills it: no last word, no last write. Waits until it is gone. */
  public void kill() {
    running
        .flatMap(child -> ProcessHandle.of(child.pid()))
        .ifPresent(
            process -> {
              process.destroyForcibly();
              process.onExit().join();
            });
    running = Optional.empty();
  }

  /** Its pid while it runs, as a list of one. */
  public List<Long> pids() {
    return running.stream().map(Child::pid).toList();
  }

  /** How large its file is. */
  public long fileBytes() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }
}
