// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import io.perfload.cli.ConfigFile;
import io.perfload.cli.Program;
import io.perfload.common.config.BadSettings;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    return check(Path.of(args[0]));
  }

  private static int check(Path file) {
    try {
      Settings.read(settings(), List.of(ConfigFile.read(file)));
      System.out.println(file + ": fine");
      return Program.OK;
    } catch (BadSettings e) {
      System.err.println(e.getMessage());
      return Program.BAD_CONFIGURATION;
    }
  }

  /** Of all roles; what one needs may also come from its command line. */
  private static List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>();
    for (Setting<?> setting : UpConfig.SETTINGS) {
      all.add(setting.optional());
    }
    return all;
  }
}
