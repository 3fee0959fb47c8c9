// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine calls itself, without asking a name server. */
final class HostName {
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  static String read() {
    try (BufferedReader reader = Files.newBufferedReader(KERNEL)) {
      String name = reader.readLine();
      return name == null || name.isBlank() ? "localhost" : name.strip();
    } catch (IOException e) {
      return "localhost";
    }
  }
}
