// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The stores that the measured workers use: a Redis of this machine and the embedded store, both
 * for this measurement alone.
 *
 * @param redis empty if there is no {@code redis-server} here: workers then go on without
 * @param redisProcess likewise
 * @param mongo URI of the embedded store
 */
public record Stores(
    Optional<String> redis, Optional<Child> redisProcess, String mongo, Child store) {
  private static final Duration START_WITHIN = Duration.ofSeconds(30);
  private static final long POLL_MS = 50;

  /** Starts both. Blocks until the embedded store answers. */
  public static Stores start(Children children) throws IOException, InterruptedException {
    Optional<Path> server = Executables.find("redis-server");
    Optional<String> redis = Optional.empty();
    Optional<Child> redisProcess = Optional.empty();
    if (server.isPresent()) {
      InetSocketAddress address = FreePort.onLoopback();
      String port = Integer.toString(address.getPort());
      redis = Optional.of("redis://127.0.0.1:" + port);
      redisProcess = Optional.of(children.start("redis", redisCommand(server.get(), port)));
    }
    Path portFile = children.directory().resolve("store.port");
    String file = children.directory().resolve("store.mv").toString();
    String[] options = {"--file", file, "--port-file", portFile.toString()};
    Child store = children.start("store", Role.STORE.command(options));
    String mongo = "mongodb://127.0.0.1:" + port(portFile, store) + "/perfload";
    return new Stores(redis, redisProcess, mongo, store);
  }

  private static List<String> redisCommand(Path server, String port) {
    return List.of(
        server.toString(),
        "--bind",
        "127.0.0.1",
        "--port",
        port,
        "--save",
        "",
        "--appendonly",
        "no");
  }

  private static String port(Path file, Child store) throws IOException, InterruptedException {
    long end = System.nanoTime() + START_WITHIN.toNanos();
    while (!Files.exists(file)) {
      store.check();
      if (System.nanoTime() > end) {
        throw new IOException(
            "the embedded store did not start in " + START_WITHIN.toSeconds() + " s");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    return Files.readString(file).strip();
  }
}
