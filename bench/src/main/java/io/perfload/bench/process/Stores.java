// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The stores of the measured workers: a Redis and the embedded store, both for this measurement
 * alone. Immutable.
 */
public final class Stores {
  private static final Duration START_WITHIN = Duration.ofSeconds(30);
  private static final long POLL_MS = 50;

  /** Nobody listens there: workers go on without Redis. */
  private static final InetSocketAddress NOBODY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  private final InetSocketAddress redis;
  private final int mongoPort;

  private Stores(InetSocketAddress redis, int mongoPort) {
    this.redis = redis;
    this.mongoPort = mongoPort;
  }

  /** Starts both. Blocks until the embedded store answers. */
  public static Stores start(Children children) throws IOException, InterruptedException {
    InetSocketAddress redis = NOBODY;
    Optional<Path> server = Executables.find("redis-server");
    if (server.isPresent()) {
      redis = FreePort.onLoopback();
      children.start("redis", redisCommand(server.get(), redis.getPort()));
    }
    Path portFile = children.directory().resolve("store.port");
    String file = children.directory().resolve("store.mv").toString();
    List<String> options = List.of("--file", file, "--port-file", portFile.toString());
    Child store = children.start("store", Role.STORE.command(options));
    return new Stores(redis, port(portFile, store));
  }

  /** One sentence if something is not there. */
  public List<String> missing() {
    return redis.equals(NOBODY)
        ? List.of("Workers go without Redis: there is no redis-server on this machine.")
        : List.of();
  }

  /** Options of a worker that shares nothing with the workers of other names. */
  public List<String> workerOptions(String name) {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--redis", "redis://127.0.0.1:" + redis.getPort()));
    options.addAll(List.of("--redis-prefix", name));
    options.addAll(List.of("--mongo", "mongodb://127.0.0.1:" + mongoPort + "/" + name));
    return options;
  }

  private static List<String> redisCommand(Path server, int port) {
    List<String> words = new ArrayList<>(List.of(server.toString(), "--bind", "127.0.0.1"));
    words.addAll(List.of("--port", Integer.toString(port)));
    words.addAll(List.of("--save", "", "--appendonly", "no"));
    return words;
  }

  private static int port(Path file, Child store) throws IOException, InterruptedException {
    long end = System.nanoTime() + START_WITHIN.toNanos();
    while (!Files.exists(file)) {
      store.check();
      if (System.nanoTime() > end) {
        throw new IOException("the embedded store did not start in time");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    return Integer.parseInt(Files.readString(file).strip());
  }
}
