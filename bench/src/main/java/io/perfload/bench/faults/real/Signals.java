// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What one process does to another by programs that every Linux has. */
final class Signals {
  private static final long WITHIN_SECONDS = 20;

  private Signals() {}

  /** Sends a signal, such as {@code STOP}. */
  static void send(long pid, String signal) throws IOException, InterruptedException {
    run(List.of("kill", "-" + signal, Long.toString(pid)));
  }

  /** Limits a resource of a process, such as {@code --nofile=256:}; its hard limit stays. */
  static void limit(long pid, String limit) throws IOException, InterruptedException {
    run(List.of("prlimit", "--pid", Long.toString(pid), limit));
  }

  /** Whether the kernel says that the process is stopped. */
  static boolean isStopped(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    } catch (IOException e) {
      return false;
    }
  }

  private static void run(List<String> words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", words) + " failed: " + said.strip());
    }
  }
}
