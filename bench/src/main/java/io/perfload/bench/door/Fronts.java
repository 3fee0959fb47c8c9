// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import io.perfload.bench.process.Child;
import io.perfload.bench.process.Children;
import io.perfload.bench.process.Executables;
import io.perfload.bench.process.FreePort;
import io.perfload.bench.process.Role;
import io.perfload.bench.process.Stores;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts every way to a worker that this machine can show, each with a worker of its own. */
final class Fronts {
  private static final int SPARE_CONNECTIONS = 256;
  private static final List<String> NGINX_MODULES =
      List.of("/usr/lib/nginx/modules", "/usr/lib64/nginx/modules", "/usr/local/nginx/modules");

  private final Children children;
  private final Stores stores;
  private final int connections;
  private final List<String> missing = new ArrayList<>();

  /**
   * @param connections as many as there will be at once
   */
  Fronts(Children children, Stores stores, int connections) {
    this.children = children;
    this.stores = stores;
    this.connections = connections + SPARE_CONNECTIONS;
  }

  /** Starts all and waits until each answers. */
  List<Front> start() throws IOException, InterruptedException {
    missing.addAll(stores.missing());
    List<Front> fronts = new ArrayList<>();
    fronts.add(direct());
    fronts.add(perfload("door"));
    haproxy().ifPresent(fronts::add);
    nginx().ifPresent(fronts::add);
    for (Front front : fronts) {
      List<Child> processes = new ArrayList<>(front.doors());
      processes.add(front.worker());
      AliveProbe.await(front.address(), processes);
    }
    return List.copyOf(fronts);
  }

  /** One sentence for each way that could not be shown; after {@link #start}. */
  List<String> missing() {
    return List.copyOf(missing);
  }

  /** A master and its worker. */
  Front perfload(String name) throws IOException {
    String run = run(name);
    InetSocketAddress listen = FreePort.onLoopback();
    List<String> options = List.of("--listen", Addresses.text(listen), "--run", run);
    Child master = children.start(name + "-master", Role.MASTER.command(options));
    Child worker = worker(name, List.of("--run", run));
    return new Front(Front.Kind.PERFLOAD, listen, List.of(master), worker);
  }

  private Front direct() throws IOException {
    InetSocketAddress listen = FreePort.onLoopback();
    return new Front(Front.Kind.DIRECT, listen, List.of(), worker("direct", listen));
  }

  private Optional<Front> haproxy() throws IOException {
    Optional<Path> program = Executables.find("haproxy");
    if (program.isEmpty()) {
      missing.add("HAProxy is not compared: there is no haproxy on this machine.");
      return Optional.empty();
    }
    InetSocketAddress listen = FreePort.onLoopback();
    InetSocketAddress behind = FreePort.onLoopback();
    Child worker = worker("haproxy", behind);
    Path file = children.directory().resolve("haproxy.cfg");
    Files.writeString(file, new HaproxyConfiguration(listen, List.of(behind), connections).text());
    List<String> command = List.of(program.get().toString(), "-db", "-f", file.toString());
    Child proxy = children.start("haproxy", command);
    return Optional.of(new Front(Front.Kind.HAPROXY, listen, List.of(proxy), worker));
  }

  private Optional<Front> nginx() throws IOException {
    Optional<Path> program = Executables.find("nginx");
    if (program.isEmpty()) {
      missing.add("nginx stream is not compared: there is no nginx on this machine.");
      return Optional.empty();
    }
    InetSocketAddress listen = FreePort.onLoopback();
    InetSocketAddress behind = FreePort.onLoopback();
    Child worker = worker("nginx", behind);
    Path directory = children.directory();
    Path file = directory.resolve("nginx.conf");
    var configuration =
        new NginxConfiguration(listen, List.of(behind), connections, nginxModule(), directory);
    Files.writeString(file, configuration.text());
    List<String> command =
        List.of(program.get().toString(), "-p", directory + "/", "-c", file.toString());
    Child proxy = children.start("nginx", command);
    return Optional.of(new Front(Front.Kind.NGINX, listen, List.of(proxy), worker));
  }

  private static Optional<Path> nginxModule() {
    return NGINX_MODULES.stream()
        .map(directory -> Path.of(directory, "ngx_stream_module.so"))
        .filter(Files::exists)
        .findFirst();
  }

  private Child worker(String name, InetSocketAddress listen) throws IOException {
    return worker(name, List.of("--run", run(name), "--listen", Addresses.text(listen)));
  }

  private Child worker(String name, List<String> own) throws IOException {
    List<String> options = new ArrayList<>(own);
    options.addAll(stores.workerOptions(name));
    return children.start(name + "-worker", Role.WORKER.command(options));
  }

  private String run(String name) {
    return children.directory().resolve(name + "-run").toString();
  }
}
