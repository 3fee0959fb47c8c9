// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import io.perfload.common.config.HostPort;
import io.perfload.standalone.child.ChildCommand;
import io.perfload.standalone.redis.RedisBinary;
import io.perfload.standalone.redis.RedisConf;
import io.perfload.standalone.redis.RedisPing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one {@code up} starts, once everything that can be known before is checked.
 *
 * @param children all at once
 * @param redis asks the embedded Redis whether it is ready; empty if another one is used
 * @param store where the embedded store will be; empty if another one is used
 * @param door where the page will be
 */
record Plan(
    List<ChildCommand> children,
    Optional<RedisPing> redis,
    Optional<InetSocketAddress> store,
    HostPort door) {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  Plan {
    children = List.copyOf(children);
  }

  /** Checks what was given, chooses ports and passwords, and writes what children read. */
  static Plan make(
      UpConfig config, Optional<Path> file, Home home, DataDirectory data, Map<String, String> mark)
      throws UpFailed, IOException {
    var ports = new FreePort(new SecureRandom());
    HostPort door = door(config.door(), ports);
    var lines = new CommandLines(home, data, config, file, door, mark);
    List<ChildCommand> children = new ArrayList<>();
    Optional<RedisPing> redis = redis(config, data, lines, ports, children);
    Optional<InetSocketAddress> store = store(config, lines, ports, children);
    children.add(lines.master());
    if (config.agent()) {
      children.add(lines.agent());
    }
    Files.writeString(data.doorAddress(), door + "\n");
    return new Plan(children, redis, store, door);
  }

  private static HostPort door(HostPort wanted, FreePort ports) throws UpFailed {
    if (wanted.port() == 0) {
      return new HostPort(wanted.host(), ports.pick());
    }
    var address = new InetSocketAddress(wanted.host(), wanted.port());
    if (address.isUnresolved()) {
      throw new UpFailed("There is no address " + wanted.host() + " to listen at (--bind).");
    }
    if (!FreePort.isFree(address)) {
      throw new UpFailed(notFree(wanted));
    }
    return wanted;
  }

  private static String notFree(HostPort wanted) {
    var owner = new PortOwner(Path.of("/proc"));
    if (owner.isTaken(wanted.port())) {
      String who = owner.of(wanted.port()).orElse("another user's process");
      return "Port "
          + wanted.port()
          + " is taken by "
          + who
          + ": stop that, or choose another one with --port.";
    }
    return "This machine does not let us listen at " + wanted + " (--bind, --port).";
  }

  private static Optional<RedisPing> redis(
      UpConfig config,
      DataDirectory data,
      CommandLines lines,
      FreePort ports,
      List<ChildCommand> children)
      throws UpFailed, IOException {
    if (config.redis().isPresent()) {
      URI uri = config.redis().get();
      failOn(new RedisPing(uri).ask(ANSWER_WITHIN), "--redis");
      PrivateFile.write(lines.redisUri(), uri + "\n");
      return Optional.empty();
    }
    Path program = RedisBinary.find(System.getenv().getOrDefault("PATH", ""), data.programs());
    RedisConf conf = RedisConf.create(ports.pick(), data.redis(), new SecureRandom());
    conf.write(data.inRun("redis.conf"));
    PrivateFile.write(lines.redisUri(), conf.uri() + "\n");
    children.add(lines.redis(program));
    return Optional.of(new RedisPing(URI.create(conf.uri())));
  }

  private static Optional<InetSocketAddress> store(
      UpConfig config, CommandLines lines, FreePort ports, List<ChildCommand> children)
      throws UpFailed, IOException {
    if (config.mongo().isPresent()) {
      String uri = config.mongo().get().toString();
      failOn(new MongoPing(uri).ask(ANSWER_WITHIN), "--mongo");
      PrivateFile.write(lines.mongoUri(), uri + "\n");
      return Optional.empty();
    }
    int port = ports.pick();
    PrivateFile.write(lines.mongoUri(), "mongodb://127.0.0.1:" + port + "\n");
    children.add(lines.store(port));
    return Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static void failOn(Optional<String> problem, String option) throws UpFailed {
    if (problem.isPresent()) {
      throw new UpFailed(problem.get() + " (" + option + ").");
    }
  }
}
