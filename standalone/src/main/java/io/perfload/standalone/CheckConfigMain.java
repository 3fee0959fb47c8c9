// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import io.perfload.agent.AgentConfig;
import io.perfload.cli.ConfigFile;
import io.perfload.cli.Program;
import io.perfload.common.config.BadSettings;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import io.perfload.master.MasterConfig;
import io.perfload.worker.WorkerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code perfload check-config FILE}: every problem of a configuration at once. */
final class CheckConfigMain {
  private static final String USAGE = "Usage: perfload check-config FILE";

  private CheckConfigMain() {}

  static int run(String[] args) {
    if (args.length != 1) {
      System.err.println(USAGE);
      return Program.WRONG_USAGE;
    }
    if (args[0].equals("--help") || args[0].equals("-h")) {
      System.out.println(USAGE);
      System.out.println("Reads a configuration of all roles and prints every problem at once.");
      return Program.OK;
    }
    return run(Path.of(args[0]));
  }

  private static int run(Path file) {
    try {
      check(file);
      System.out.println(file + ": fine");
      return Program.OK;
    } catch (BadSettings e) {
      System.err.println(e.getMessage());
      return Program.BAD_CONFIGURATION;
    }
  }

  static void check(Path file) throws BadSettings {
    Settings.read(settings(), List.of(ConfigFile.read(file)));
  }

  /** Of all roles; what one needs may also come from its command line. */
  private static List<Setting<?>> settings() {
    return Stream.of(
            UpConfig.SETTINGS, MasterConfig.SETTINGS, WorkerConfig.SETTINGS, AgentConfig.settings())
        .flatMap(List::stream)
        .<Setting<?>>map(Setting::optional)
        .toList();
  }
}
