// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many descriptors this process may have open. Read {@code /proc}: at start, not on an event
 * loop.
 */
public final class DescriptorLimit {
  private static final String NAME = "Max open files";
  private static final int FALLBACK = 1024;

  private DescriptorLimit() {}

  /** Returns the soft limit of this process, which the JVM has raised to the hard one. */
  public static int read() {
    try {
      return Files.readAllLines(Path.of("/proc/self/limits")).stream()
          .filter(line -> line.startsWith(NAME))
          .map(line -> line.substring(NAME.length()).strip().split("\\s+", -1)[0])
          .mapToInt(DescriptorLimit::parse)
          .findFirst()
          .orElse(FALLBACK);
    } catch (IOException e) {
      return FALLBACK;
    }
  }

  /** Returns how many descriptors this process has open now. */
  public static int used() {
    String[] names = Path.of("/proc/self/fd").toFile().list();
    return names == null ? 0 : names.length;
  }

  private static int parse(String limit) {
    return limit.equals("unlimited")
        ? Integer.MAX_VALUE
        : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(limit));
  }
}
