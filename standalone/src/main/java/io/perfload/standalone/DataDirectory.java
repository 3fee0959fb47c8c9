// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import io.perfload.common.control.PidFile;
import io.perfload.common.control.RunDirectory;
import io.perfload.standalone.child.LogFile;
import io.perfload.standalone.child.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/**
 * Where one {@code up} keeps everything. Closed to others: what is in it is in no other place.
 *
 * @param path absolute
 */
record DataDirectory(Path path) {
  private static final String OWNER_ONLY = "rwx------";

  /** Makes what is missing. */
  void create() throws UpFailed {
    try {
      make(path);
      for (Path directory : new Path[] {logs(), agent(), redis(), storeFile().getParent()}) {
        make(directory);
      }
      run().create();
      Files.delete(Files.createTempFile(path, "can-write", ""));
    } catch (IOException e) {
      throw new UpFailed(
          "The data directory " + path + " cannot be used: " + reason(e) + " (--data DIR)");
    }
  }

  RunDirectory run() {
    return RunDirectory.of(path.resolve("run"));
  }

  Path inRun(String name) {
    return run().path().resolve(name);
  }

  Path upLock() {
    return inRun("up.lock");
  }

  PidFile upPid() {
    return new PidFile(inRun("up.pid"));
  }

  /** Where the door is, once it is known: {@code HOST:PORT}. */
  Path doorAddress() {
    return inRun("door.address");
  }

  PidFile pid(Role role) {
    return role == Role.MASTER ? run().masterPid() : new PidFile(inRun(role.label() + ".pid"));
  }

  /** The workers' pid files, by slot. */
  Stream<Path> workerPids() {
    try (Stream<Path> files = Files.list(run().path())) {
      return files
          .filter(file -> file.getFileName().toString().matches("worker-\\d+\\.pid"))
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  Path logs() {
    return path.resolve("logs");
  }

  LogFile log(String name) {
    return new LogFile(logs().resolve(name + ".log"));
  }

  Path agent() {
    return path.resolve("agent");
  }

  Path redis() {
    return path.resolve("redis");
  }

  Path storeFile() {
    return path.resolve("store").resolve("perfload.mv");
  }

  /** Programs that had to be unpacked. */
  Path programs() {
    return path.resolve("bin");
  }

  private static void make(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
  }
}
