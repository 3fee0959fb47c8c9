// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.redis;

import io.perfload.standalone.UpFailed;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * Finds a Redis server: the one of the PATH, which its distribution keeps patched, else the one
 * that rides in a jar.
 */
public final class RedisBinary {
  private static final String NAME = "redis-server";
  private static final int TRY_SECONDS = 5;

  private RedisBinary() {}

  /**
   * Returns a server that runs on this machine.
   *
   * @param path the directories to look in, divided as in {@code PATH}
   * @param unpackTo where the one of the jar is put; programs there must be allowed to run
   * @throws UpFailed if neither runs here
   */
  public static Path find(String path, Path unpackTo) throws UpFailed {
    Optional<Path> installed = onPath(path);
    return installed.isPresent() ? installed.get() : unpacked(unpackTo);
  }

  private static Optional<Path> onPath(String path) {
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(directory -> !directory.isBlank())
        .map(directory -> Path.of(directory, NAME))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static Path unpacked(Path directory) throws UpFailed {
    try {
      Files.createDirectories(directory);
      Path binary = ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
      if (runs(binary)) {
        return binary;
      }
    } catch (IOException | IllegalArgumentException | NullPointerException e) {
      throw new UpFailed(missing("the one that comes along cannot be unpacked: " + e.getMessage()));
    }
    throw new UpFailed(missing("the one that comes along does not run here"));
  }

  private static String missing(String why) {
    return "There is no redis-server on the PATH, and "
        + why
        + ". Install Redis (apt-get install redis-server) or give one with --redis URI.";
  }

  private static boolean runs(Path binary) throws IOException {
    Process process =
        new ProcessBuilder(binary.toString(), "--version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(TRY_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      process.destroyForcibly();
    }
  }
}
