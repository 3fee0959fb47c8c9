// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files that may only be read, also by a process of root's that has given up that privilege. */
final class Permissions {
  private Permissions() {}

  /** What makes a process heed permissions if it runs as root. */
  static List<String> heeding() {
    return System.getProperty("user.name", "").equals("root")
        ? List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner")
        : List.of();
  }

  /** Lets nobody write to {@code directory} and what is in it, or its owner again. */
  static void set(Path directory, boolean writable) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        String text =
            Files.isDirectory(file)
                ? writable ? "rwx------" : "r-x------"
                : writable ? "rw-------" : "r--------";
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(text));
      }
    }
  }
}
