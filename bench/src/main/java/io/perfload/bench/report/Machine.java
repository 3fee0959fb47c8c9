// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something was measured.
 *
 * @param load1m runnable tasks averaged over a minute, when the measurement began: whether others
 *     were busy here too
 */
public record Machine(
    int cores,
    String processor,
    long memoryBytes,
    String kernel,
    String java,
    double load1m,
    long atMs) {
  private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");
  private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB$");

  /** This machine, now. */
  public static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        first(MODEL, read("/proc/cpuinfo"), "unknown"),
        Long.parseLong(first(MEMORY, read("/proc/meminfo"), "0")) << 10,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        Double.parseDouble(read("/proc/loadavg").split(" ", -1)[0]),
        System.currentTimeMillis());
  }

  /** One line for people. */
  public String describe() {
    return cores
        + " cores of "
        + processor
        + ", "
        + (memoryBytes >> 30)
        + " GB, "
        + kernel
        + ", "
        + java
        + ", load before: "
        + load1m;
  }

  private static String first(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1).strip() : otherwise;
  }

  private static String read(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      return path.endsWith("loadavg") ? "NaN " : "";
    }
  }
}
