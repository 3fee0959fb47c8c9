// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.netty.channel.EventLoopGroup;
import io.perfload.bench.faults.proxy.FaultProxy;
import io.perfload.bench.faults.proxy.Tap;
import io.perfload.bench.faults.proxy.Weather;
import io.perfload.bench.process.Executables;
import io.perfload.bench.process.Role;
import io.perfload.common.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Everything an agent talks to, as processes: a Redis, the embedded store, a master and its two
 * workers, which reach the first two through proxies. Any thread.
 */
final class Stack implements AutoCloseable {
  static final int WORKERS = 2;

  private static final Pattern SPACE = Pattern.compile(" ");
  private static final long END_WITHIN_MS = 15_000;

  private final Path directory;
  private final InetSocketAddress door;
  private final InetSocketAddress redisAddress;
  private final InetSocketAddress storeAddress;
  private final FaultProxy redisProxy;
  private final FaultProxy storeProxy;
  private final Supervised redis;
  private final Supervised store;
  private final Supervised master;

  private Stack(
      Path directory,
      InetSocketAddress door,
      InetSocketAddress redisAddress,
      InetSocketAddress storeAddress,
      EventLoopGroup loops)
      throws IOException {
    this.directory = directory;
    this.door = door;
    this.redisAddress = redisAddress;
    this.storeAddress = storeAddress;
    redisProxy = proxy(loops, redisAddress);
    storeProxy = proxy(loops, storeAddress);
    redis = new Supervised("redis", redisCommand(), directory);
    store = new Supervised("store", storeCommand(), directory);
    master = new Supervised("master", masterCommand(), directory);
  }

  /** Starts all of it; it is not up yet. */
  static Stack start(Path directory, EventLoopGroup loops, RandomGenerator random)
      throws IOException {
    Files.createDirectories(directory.resolve("store"));
    var stack =
        new Stack(directory, freeAddress(random), freeAddress(random), freeAddress(random), loops);
    stack.redis.start();
    stack.store.start();
    stack.master.start();
    return stack;
  }

  Path directory() {
    return directory;
  }

  InetSocketAddress door() {
    return door;
  }

  InetSocketAddress redisAddress() {
    return redisAddress;
  }

  InetSocketAddress storeAddress() {
    return storeAddress;
  }

  FaultProxy redisProxy() {
    return redisProxy;
  }

  FaultProxy storeProxy() {
    return storeProxy;
  }

  Supervised redis() {
    return redis;
  }

  Supervised store() {
    return store;
  }

  Supervised master() {
    return master;
  }

  Path storeFile() {
    return directory.resolve("store").resolve("perfload.mv");
  }

  /** The pid of a worker; nothing if there is none now. */
  Optional<Long> worker(int slot) {
    Path file = directory.resolve("run").resolve("worker-" + slot + ".pid");
    try {
      long pid = Long.parseLong(SPACE.split(Files.readString(file).strip(), -1)[0]);
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(ProcessHandle::pid);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  void calm() {
    redisProxy.set(Weather.CALM);
    storeProxy.set(Weather.CALM);
  }

  /** Ends everything, the workers too if their master did not. */
  @Override
  public void close() {
    calm();
    master.close();
    List<ProcessHandle> workers = new ArrayList<>();
    for (int slot = 0; slot < WORKERS; slot++) {
      worker(slot).flatMap(ProcessHandle::of).ifPresent(workers::add);
    }
    workers.forEach(ProcessHandle::destroy);
    await(workers);
    workers.forEach(ProcessHandle::destroyForcibly);
    redis.close();
    store.close();
    redisProxy.close();
    storeProxy.close();
  }

  private static void await(List<ProcessHandle> processes) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_WITHIN_MS);
    try {
      while (processes.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> redisCommand() throws IOException {
    Path program =
        Executables.find("redis-server")
            .orElseThrow(() -> new IOException("redis-server is not on this machine"));
    String port = Integer.toString(redisAddress.getPort());
    return List.of(
        program.toString(),
        "--bind",
        "127.0.0.1",
        "--port",
        port,
        "--save",
        "",
        "--appendonly",
        "no");
  }

  private List<String> storeCommand() throws IOException {
    String port = Integer.toString(storeAddress.getPort());
    return Role.STORE.command(List.of("--file", storeFile().toString(), "--port", port));
  }

  private List<String> masterCommand() throws IOException {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--listen", new HostPort("127.0.0.1", door.getPort()).toString()));
    options.addAll(List.of("--run", directory.resolve("run").toString()));
    options.addAll(List.of("--workers", Integer.toString(WORKERS)));
    options.addAll(List.of("--node", "faults"));
    options.addAll(List.of("--worker-command", line(workerCommand())));
    return Role.MASTER.command(options);
  }

  private List<String> workerCommand() throws IOException {
    return Role.WORKER.command(
        List.of(
            "--redis",
            "redis://127.0.0.1:" + redisProxy.address().getPort(),
            "--mongo",
            "mongodb://127.0.0.1:" + storeProxy.address().getPort() + "/" + StoreReader.DATABASE));
  }

  private static String line(List<String> words) {
    return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(" "));
  }

  private static FaultProxy proxy(EventLoopGroup loops, InetSocketAddress server)
      throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new FaultProxy(
        loops, new InetSocketAddress(loopback, 0), server, loopback, () -> Tap.NONE);
  }

  private static InetSocketAddress freeAddress(RandomGenerator random) throws IOException {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free(random));
  }
}
