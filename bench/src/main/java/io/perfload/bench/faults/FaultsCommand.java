// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults;

import io.perfload.bench.faults.real.RealFaults;
import io.perfload.cli.Program;
import io.perfload.common.config.Parser;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code perfload bench faults}. */
public final class FaultsCommand {
  private static final Setting<Boolean> REAL =
      Setting.flag("bench.real", "Against real processes, sockets and files.");
  private static final Setting<Integer> RUNS =
      Setting.integer("bench.runs", "How many runs.", 10, 1, 10_000_000);
  private static final Setting<Long> SEED =
      Setting.of(
          "bench.seed",
          "What chance follows from.",
          1L,
          Parser.of(
              "a number",
              text ->
                  text.matches("-?\\d{1,18}")
                      ? Optional.of(Long.valueOf(text))
                      : Optional.empty()));
  private static final Setting<Optional<Path>> JSON =
      Setting.path("bench.json", "Where to write the result as JSON.", Path.of("faults.json"))
          .optional();

  private static final List<Setting<?>> SETTINGS =
      List.of(
          REAL,
          RUNS,
          SEED,
          RealFaults.KIND,
          RealFaults.FIRST,
          RealFaults.FAULTS_A_RUN,
          RealFaults.LANES,
          RealFaults.STOP_SECONDS,
          JSON);

  private FaultsCommand() {}

  /** Runs the command and returns its exit code. */
  public static int run(String[] args) {
    var program =
        new Program(
            "perfload bench faults",
            "Breaks things by a seed and checks that nothing acknowledged is lost or shown twice.",
            SETTINGS);
    return program.run(args, FaultsCommand::run);
  }

  private static int run(Settings settings) {
    if (!settings.get(REAL)) {
      System.err.println("perfload bench faults: say --real");
      return Program.WRONG_USAGE;
    }
    try {
      boolean clean =
          RealFaults.run(settings, settings.get(RUNS), settings.get(SEED), settings.get(JSON));
      return clean ? Program.OK : Program.FAILED;
    } catch (IOException e) {
      System.err.println("perfload bench faults: " + e.getMessage());
      return Program.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Program.FAILED;
    }
  }
}
