// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.Version;
import io.perfload.common.model.HostFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Reads the facts of a Linux system. What cannot be read is empty or 0. */
final class LinuxFacts {
  private static final int MAX_TEXT = 120;
  private static final long KHZ = 1000;
  private static final double MHZ = 1e6;

  private final Path root;

  LinuxFacts(Path root) {
    this.root = root;
  }

  HostFacts read() {
    return new HostFacts(os(), cpu(), memoryTotal(), bootedAtMs(), Version.current());
  }

  private HostFacts.Os os() {
    String name = "";
    String version = "";
    TextLines lines = lines("etc/os-release");
    while (lines.next()) {
      if (lines.skip("NAME=")) {
        name = unquote(lines.rest());
      } else if (lines.skip("VERSION=") || (version.isEmpty() && lines.skip("VERSION_ID="))) {
        version = unquote(lines.rest());
      }
    }
    String kernel = text(root.resolve("proc/sys/kernel/osrelease"));
    return new HostFacts.Os(
        "Linux",
        name.isEmpty() ? "Linux" : name,
        version.isEmpty() ? kernel : version,
        System.getProperty("os.arch", ""));
  }

  private HostFacts.Cpu cpu() {
    String model = "";
    String part = "";
    String socket = "";
    double megahertz = 0;
    int logical = 0;
    Set<String> cores = new HashSet<>();
    TextLines lines = lines("proc/cpuinfo");
    while (lines.next()) {
      if (lines.skip("processor")) {
        logical++;
      } else if (lines.skip("model name")) {
        model = value(lines);
      } else if (lines.skip("Hardware") || lines.skip("uarch")) {
        part = value(lines);
      } else if (lines.skip("physical id")) {
        socket = value(lines);
      } else if (lines.skip("core id")) {
        cores.add(socket + '/' + value(lines));
      } else if (lines.skip("cpu MHz")) {
        megahertz = Math.max(megahertz, decimal(value(lines)));
      }
    }
    if (model.isEmpty()) {
      model = part.isEmpty() ? text(root.resolve("proc/device-tree/model")) : part;
    }
    long greatest = whole("sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq") * KHZ;
    long clockHz = greatest > 0 ? greatest : Math.round(megahertz * MHZ);
    int logicalCores = Math.max(logical, 1);
    return new HostFacts.Cpu(
        shortened(model), cores.isEmpty() ? logicalCores : cores.size(), logicalCores, clockHz);
  }

  private long memoryTotal() {
    TextLines lines = lines("proc/meminfo");
    while (lines.next()) {
      if (lines.skip("MemTotal:")) {
        return number(lines) * 1024;
      }
    }
    return 0;
  }

  private long bootedAtMs() {
    TextLines lines = lines("proc/stat");
    while (lines.next()) {
      if (lines.skip("btime")) {
        return number(lines) * 1000;
      }
    }
    return 0;
  }

  /** Returns a file's text on one line; empty if it cannot be read. */
  static String text(Path file) {
    try {
      return shortened(Files.readString(file).replace('\0', ' ').strip());
    } catch (IOException | RuntimeException e) {
      return "";
    }
  }

  private long whole(String path) {
    String text = text(root.resolve(path));
    return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
  }

  private TextLines lines(String path) {
    try {
      byte[] text = Files.readAllBytes(root.resolve(path));
      return new TextLines().reset(text, text.length);
    } catch (IOException | RuntimeException e) {
      return new TextLines();
    }
  }

  private static long number(TextLines lines) {
    try {
      return lines.number();
    } catch (IOException e) {
      return 0;
    }
  }

  private static double decimal(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String value(TextLines lines) {
    String rest = lines.rest();
    return rest.startsWith(":") ? rest.substring(1).strip() : rest;
  }

  private static String unquote(String text) {
    boolean quoted = text.length() >= 2 && (text.charAt(0) == '"' || text.charAt(0) == '\'');
    return shortened(quoted ? text.substring(1, text.length() - 1) : text);
  }

  private static String shortened(String text) {
    String plain = InstanceName.of(text);
    return plain.length() <= MAX_TEXT ? plain : plain.substring(0, MAX_TEXT);
  }
}
