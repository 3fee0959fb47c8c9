// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perfload.bench.fleet.AddressRange;
import io.perfload.bench.process.Child;
import io.perfload.bench.process.Children;
import io.perfload.bench.process.Executables;
import io.perfload.bench.process.FreePort;
import io.perfload.bench.process.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A Redis, the embedded store, a master and its workers, each a process with the options it has in
 * production. What starts it ends it by closing the {@link Children}. One thread.
 */
public final class Stack {
  private static final Duration START_WITHIN = Duration.ofSeconds(60);
  private static final long POLL_MS = 100;
  private static final int TRIES_TO_MEET_ALL = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where questions come from; not where agents or attackers do. */
  public static final AddressRange QUESTIONS = new AddressRange(0x7fc0_0000, 10);

  private final InetSocketAddress address;
  private final StoreServer store;
  private final Child master;
  private final List<Child> workers;

  private Stack(InetSocketAddress address, StoreServer store, Child master, List<Child> workers) {
    this.address = address;
    this.store = store;
    this.master = master;
    this.workers = List.copyOf(workers);
  }

  /** Starts everything with nothing held back. */
  public static Stack start(Children children, int workers)
      throws IOException, InterruptedException {
    return start(children, workers, Limits.NONE);
  }

  /** Starts everything and waits until every worker answers through the door. Blocks. */
  public static Stack start(Children children, int workers, Limits limits)
      throws IOException, InterruptedException {
    Path redisServer =
        Executables.find("redis-server")
            .orElseThrow(() -> new IOException("there is no redis-server on this machine"));
    int redis = FreePort.onLoopback().getPort();
    children.start("redis", redisCommand(redisServer, redis));
    var store = new StoreServer(children);
    store.start();
    InetSocketAddress listen = FreePort.onLoopback();
    String run = children.directory().resolve("run").toString();
    List<String> masterOptions = new ArrayList<>(List.of("--run", run, "--listen"));
    masterOptions.add(listen.getAddress().getHostAddress() + ":" + listen.getPort());
    Child master = children.start("master", limits.master().of(Role.MASTER.command(masterOptions)));
    List<String> workerOptions = new ArrayList<>(List.of("--run", run, "--mongo", store.uri()));
    workerOptions.addAll(List.of("--redis", "redis://127.0.0.1:" + redis));
    List<Child> all = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      DescriptorLimit limit = i == 0 ? limits.firstWorker() : DescriptorLimit.NONE;
      all.add(children.start("worker-" + i, limit.of(Role.WORKER.command(workerOptions))));
    }
    var stack = new Stack(listen, store, master, all);
    stack.awaitWorkers();
    return stack;
  }

  /** The door. */
  public InetSocketAddress address() {
    return address;
  }

  public StoreServer store() {
    return store;
  }

  public Child master() {
    return master;
  }

  public List<Child> workers() {
    return workers;
  }

  /**
   * Checks that master and workers are those that were started.
   *
   * @throws IOException with the last words of one that ended
   */
  public void check() throws IOException {
    master.check();
    for (Child worker : workers) {
      worker.check();
    }
  }

  /** Asks whoever answers. Blocks. */
  public JsonNode ask(String path) throws IOException {
    return JSON.readTree(new Http(address).get(QUESTIONS.address(0), path));
  }

  /** What {@code /v1.0/stats} says, a worker, by its pid; none of those not met. Blocks. */
  public Map<Long, JsonNode> stats() throws IOException {
    Map<Long, JsonNode> found = new TreeMap<>();
    Set<Long> pids = workers.stream().map(Child::pid).collect(Collectors.toSet());
    for (int i = 0; i < TRIES_TO_MEET_ALL && found.size() < pids.size(); i++) {
      JsonNode stats = stats(QUESTIONS.address(i));
      long pid = stats.path("answeredBy").path("pid").asLong();
      if (pids.contains(pid)) {
        found.put(pid, stats);
      }
    }
    return new LinkedHashMap<>(found);
  }

  private JsonNode stats(InetAddress from) throws IOException {
    return JSON.readTree(new Http(address).get(from, "/v1.0/stats"));
  }

  private void awaitWorkers() throws IOException, InterruptedException {
    long end = System.nanoTime() + START_WITHIN.toNanos();
    while (true) {
      check();
      try {
        if (stats().size() == workers.size()) {
          return;
        }
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw new IOException("the door does not answer", e);
        }
      }
      if (System.nanoTime() > end) {
        throw new IOException("not every worker answers through the door");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  private static List<String> redisCommand(Path server, int port) {
    List<String> words = new ArrayList<>(List.of(server.toString(), "--bind", "127.0.0.1"));
    words.addAll(List.of("--port", Integer.toString(port)));
    words.addAll(List.of("--save", "", "--appendonly", "no"));
    return words;
  }

  /** Who may have how many descriptors. */
  public record Limits(DescriptorLimit master, DescriptorLimit firstWorker) {
    public static final Limits NONE = new Limits(DescriptorLimit.NONE, DescriptorLimit.NONE);
  }
}
