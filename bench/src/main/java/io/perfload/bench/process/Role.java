// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.process;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The roles of Perfload that a measurement starts, exactly as {@code ./perfload} starts them: the
 * same jars with the same options of Java and the same archives of classes.
 */
public enum Role {
  MASTER("master", "master", ""),
  WORKER("worker", "worker", ""),
  STORE("store", "standalone", "store");

  private final String flags;
  private final String module;
  private final String command;

  Role(String flags, String module, String command) {
    this.flags = flags;
    this.module = module;
    this.command = command;
  }

  /**
   * Its command line.
   *
   * @throws IOException when it was not built
   */
  public List<String> command(List<String> options) throws IOException {
    Path home = home();
    Path jar = home.resolve(Path.of(module, "target", "perfload-" + module + ".jar"));
    if (!Files.isRegularFile(jar)) {
      throw new IOException(jar + " is missing: build it with ./mvnw package -DskipTests");
    }
    Path flagFile = home.resolve(Path.of("deploy", "jvm", flags + ".options"));
    List<String> words = new ArrayList<>();
    words.add(Jdk.tool("java").toString());
    words.add("@" + flagFile);
    Path archive = jar.resolveSibling("perfload-" + flags + ".jsa");
    if (Files.isRegularFile(archive)) {
      words.add("-XX:SharedArchiveFile=" + archive);
    }
    words.addAll(List.of("-jar", jar.toString()));
    if (!command.isEmpty()) {
      words.add(command);
    }
    words.addAll(options);
    return words;
  }

  /** The top of the checkout: as {@code perfload.home} says, or two above this jar's directory. */
  private static Path home() throws IOException {
    String given = System.getProperty("perfload.home", "");
    if (!given.isEmpty()) {
      return Path.of(given).toAbsolutePath().normalize();
    }
    try {
      var source = Role.class.getProtectionDomain().getCodeSource().getLocation();
      return Path.of(source.toURI()).resolve("../../..").normalize();
    } catch (URISyntaxException e) {
      throw new IOException("it cannot be told where Perfload is: set -Dperfload.home=DIR", e);
    }
  }
}
