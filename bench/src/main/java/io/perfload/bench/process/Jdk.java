// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The JDK that runs this process. */
public final class Jdk {
  private static final long COLLECT_WITHIN_SECONDS = 20;

  private Jdk() {}

  /** A program of it; a JRE has not all of them. */
  public static Path tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name);
  }

  /**
   * Has another Java collect its garbage. Blocks until it has.
   *
   * @throws IOException when it does not
   */
  public static void collect(long pid) throws IOException, InterruptedException {
    List<String> command = List.of(tool("jcmd").toString(), Long.toString(pid), "GC.run");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(COLLECT_WITHIN_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("jcmd could not make " + pid + " collect its garbage");
    }
  }
}
