// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel says about a process: memory and descriptors. Stateless; any thread. */
public final class ProcessFacts {
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
  private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files\\s+(\\d+)");

  private ProcessFacts() {}

  /** Resident memory, in bytes. */
  public static long residentBytes(long pid) throws IOException {
    return resident(Files.readString(file(pid, "status")));
  }

  /** Open descriptors of all {@code pids}. */
  public static int descriptors(Collection<Long> pids) throws IOException {
    int count = 0;
    for (long pid : pids) {
      try (DirectoryStream<Path> open = Files.newDirectoryStream(file(pid, "fd"))) {
        for (Path ignored : open) {
          count++;
        }
      }
    }
    return count;
  }

  /** How many descriptors this process may have. */
  public static int descriptorLimit() throws IOException {
    return descriptorLimit(ProcessHandle.current().pid());
  }

  /** How many descriptors a process may have. */
  public static int descriptorLimit(long pid) throws IOException {
    Matcher limit = LIMIT.matcher(Files.readString(file(pid, "limits")));
    return limit.find() ? Integer.parseInt(limit.group(1)) : Integer.MAX_VALUE;
  }

  static long resident(String status) {
    Matcher matcher = RESIDENT.matcher(status);
    return matcher.find() ? Long.parseLong(matcher.group(1)) << 10 : 0;
  }

  private static Path file(long pid, String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }
}
