// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the jars and the options of the roles' Java are.
 *
 * @param path the top of the checkout or of an unpacked release
 */
record Home(Path path) {
  /** Says where {@code perfload.home} is, or finds it from where this class was loaded. */
  static Home locate() throws UpFailed {
    String given = System.getProperty("perfload.home", "");
    Path path = given.isEmpty() ? ofThisCode() : Path.of(given);
    return new Home(path.toAbsolutePath().normalize());
  }

  /** Says so if something was not built. */
  void check() throws UpFailed {
    for (Path jar : List.of(jar("master"), jar("worker"), jar("agent"), jar("standalone"))) {
      if (!Files.isRegularFile(jar)) {
        throw new UpFailed(jar + " is missing: build it with ./mvnw package -DskipTests.");
      }
    }
  }

  /** The runnable jar of a role. */
  Path jar(String role) {
    return path.resolve(Path.of(role, "target", "perfload-" + role + ".jar"));
  }

  /** The options of Java for a role, one a line. */
  Path options(String role) {
    return path.resolve(Path.of("deploy", "jvm", role + ".options"));
  }

  /**
   * The classes of a role as they were once loaded, which halves what its start takes; made by the
   * build, and Java ignores one that does not fit.
   *
   * @param module whose jar it belongs to
   */
  Optional<Path> archive(String module, String role) {
    return Optional.of(path.resolve(Path.of(module, "target", "perfload-" + role + ".jsa")))
        .filter(Files::isRegularFile);
  }

  /** {@code standalone/target/…} is two below the home. */
  private static Path ofThisCode() throws UpFailed {
    try {
      var source = Home.class.getProtectionDomain().getCodeSource().getLocation();
      return Path.of(source.toURI()).resolve("../../..");
    } catch (URISyntaxException e) {
      throw new UpFailed("It cannot be told where Perfload is: set -Dperfload.home=DIR.");
    }
  }
}
