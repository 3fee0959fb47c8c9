// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import io.perfload.common.config.HostPort;
import io.perfload.standalone.child.ChildCommand;
import io.perfload.standalone.child.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What every role is started with: the one place that knows the others' options. Passwords are
 * never among them, only the files that hold them.
 *
 * @param config a file with settings of all roles, to be handed on
 * @param door where the door will be; a port is chosen
 * @param environment added to that of every child
 */
record CommandLines(
    Home home,
    DataDirectory data,
    UpConfig up,
    Optional<Path> config,
    HostPort door,
    Map<String, String> environment) {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  ChildCommand redis(Path program) {
    return child(Role.REDIS, List.of(program.toString(), data.inRun("redis.conf").toString()));
  }

  ChildCommand store(int port) {
    List<String> words = java("store", "standalone");
    words.add("store");
    words.addAll(List.of("--file", data.storeFile().toString()));
    words.addAll(List.of("--port", Integer.toString(port)));
    if (up.storeSync()) {
      words.add("--sync");
    }
    return child(Role.STORE, words);
  }

  ChildCommand master() {
    List<String> words = java("master", "master");
    words.addAll(List.of("--listen", door.toString()));
    words.addAll(List.of("--run", data.run().path().toString()));
    up.workers()
        .ifPresent(workers -> words.addAll(List.of("--workers", Integer.toString(workers))));
    words.addAll(List.of("--worker-command", line(worker())));
    handOnConfig(words);
    return child(Role.MASTER, words);
  }

  /** The master adds the run directory. */
  private List<String> worker() {
    List<String> words = java("worker", "worker");
    words.addAll(List.of("--redis", "file:" + redisUri()));
    words.addAll(List.of("--mongo", "file:" + mongoUri()));
    handOnConfig(words);
    return words;
  }

  /** The agent's jar begins with a script that knows its options of Java. */
  ChildCommand agent() {
    List<String> words = new ArrayList<>(List.of("sh", home.jar("agent").toString()));
    words.addAll(List.of("--server", reachable(door).toString()));
    words.addAll(List.of("--data", data.agent().toString()));
    handOnConfig(words);
    return child(Role.AGENT, words);
  }

  /** Holds the URI of the Redis in use, with its password. */
  Path redisUri() {
    return data.inRun("redis.uri");
  }

  /** Holds the URI of the MongoDB in use, with its password. */
  Path mongoUri() {
    return data.inRun("mongo.uri");
  }

  /** Where this machine finds the door. */
  static HostPort reachable(HostPort door) {
    return switch (door.host()) {
      case "0.0.0.0" -> new HostPort("127.0.0.1", door.port());
      case "::", "0:0:0:0:0:0:0:0" -> new HostPort("::1", door.port());
      default -> door;
    };
  }

  private ChildCommand child(Role role, List<String> words) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("JAVA_HOME", System.getProperty("java.home"));
    return new ChildCommand(role, words, all, data.log(role.label()).path());
  }

  private void handOnConfig(List<String> words) {
    config.ifPresent(file -> words.addAll(List.of("--config", file.toString())));
  }

  private List<String> java(String role, String module) {
    List<String> words = new ArrayList<>(List.of(JAVA, "@" + home.options(role)));
    home.archive(module, role).ifPresent(archive -> words.add("-XX:SharedArchiveFile=" + archive));
    words.addAll(List.of("-jar", home.jar(module).toString()));
    return words;
  }

  /** One line that is cut into the same words again. */
  private static String line(List<String> words) {
    return words.stream().map(CommandLines::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    if (word.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == '\'')) {
      return word;
    }
    char quote = word.indexOf('"') < 0 ? '"' : '\'';
    return quote + word + quote;
  }
}
