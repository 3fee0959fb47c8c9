// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.perfload.cli.Program;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The same command again, in a session of its own; we return once its page answers. */
final class Detached {
  private static final String VARIABLE = "PERFLOAD_DETACHED";

  private Detached() {}

  /** Whether this process is the one that stays. */
  static boolean isThis() {
    return System.getenv().containsKey(VARIABLE);
  }

  /** Starts it, shows what it says, and returns 0 once it is up, else what it exits with. */
  static int start() throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(commandLine())
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true);
    builder.environment().put(VARIABLE, "true");
    Process process = builder.start();
    var interrupted = new Thread(process::destroy, "interrupted");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (Optional<String> line = next(lines); line.isPresent(); line = next(lines)) {
        System.out.println(line.get());
        if (line.get().startsWith(UpMain.READY)) {
          Runtime.getRuntime().removeShutdownHook(interrupted);
          return Program.OK;
        }
      }
    }
    int code = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(interrupted);
    return code;
  }

  private static Optional<String> next(BufferedReader lines) throws IOException {
    return Optional.ofNullable(lines.readLine());
  }

  /** Our own. {@code ProcessHandle} would leave the arguments out when they are long. */
  private static List<String> commandLine() throws IOException {
    String line = Files.readString(Path.of("/proc/self/cmdline"));
    List<String> words = new ArrayList<>(List.of("setsid"));
    Collections.addAll(words, line.substring(0, line.length() - 1).split("\0", -1));
    return words;
  }
}
