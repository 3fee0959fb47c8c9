// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JDK that runs this process. */
public final class Jdk {
  private static final long ANSWER_WITHIN_SECONDS = 20;
  private static final Pattern USED =
      Pattern.compile(
          "(?:new generation|tenured generation|garbage-first heap)\\s+total \\d+K, used (\\d+)K");

  private Jdk() {}

  /** A program of it; a JRE has not all of them. */
  public static Path tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name);
  }

  /**
   * Has another Java collect its garbage, and returns how many bytes of its heap are in use then.
   * Blocks until it has.
   *
   * @throws IOException when it does not
   */
  public static long collect(long pid) throws IOException, InterruptedException {
    jcmd(pid, "GC.run");
    return used(jcmd(pid, "GC.heap_info"));
  }

  /** Adds up what the generations of a heap use, as {@code GC.heap_info} tells it. */
  static long used(String heapInfo) {
    long used = 0;
    Matcher matcher = USED.matcher(heapInfo);
    while (matcher.find()) {
      used += Long.parseLong(matcher.group(1)) << 10;
    }
    return used;
  }

  private static String jcmd(long pid, String what) throws IOException, InterruptedException {
    List<String> command = List.of(tool("jcmd").toString(), Long.toString(pid), what);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("jcmd " + pid + " " + what + " failed: " + answer);
    }
    return answer;
  }
}
