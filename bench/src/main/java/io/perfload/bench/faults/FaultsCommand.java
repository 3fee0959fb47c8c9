// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults;

import io.perfload.bench.faults.real.RealFaults;
import io.perfload.bench.faults.simulated.SimulatedFaults;
import io.perfload.cli.Program;
import io.perfload.common.config.Parser;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** {@code perfload bench faults}. */
public final class FaultsCommand {
  private static final int SIMULATED_RUNS = 2000;
  private static final int REAL_RUNS = 10;

  private static final Setting<Boolean> SIMULATED =
      Setting.flag("bench.simulated", "All in one process on a virtual clock.");
  private static final Setting<Boolean> REAL =
      Setting.flag("bench.real", "Against real processes, sockets and files.");
  private static final Setting<Optional<Integer>> RUNS =
      Setting.integer(
              "bench.runs",
              "How many runs; 2000 simulated or 10 real ones if not given.",
              SIMULATED_RUNS,
              1,
              1_000_000_000)
          .optional();
  private static final Setting<Optional<Long>> SEED =
      Setting.of(
          "bench.seed",
          "What chance follows from; another each time unless given.",
          Optional.<Long>empty(),
          Parser.of("a whole number", FaultsCommand::seed));
  private static final Setting<Optional<Path>> JSON =
      Setting.path("bench.json", "Where to write the result as JSON.", Path.of("faults.json"))
          .optional();

  private static final List<Setting<?>> SETTINGS =
      List.of(
          SIMULATED,
          REAL,
          RUNS,
          SEED,
          SimulatedFaults.PLANT,
          SimulatedFaults.THREADS,
          SimulatedFaults.TRACE,
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
    if (settings.get(SIMULATED).equals(settings.get(REAL))) {
      System.err.println("perfload bench faults: say what to break: --simulated or --real");
      return Program.WRONG_USAGE;
    }
    long seed = settings.get(SEED).orElseGet(() -> new SecureRandom().nextLong() >>> 1);
    Optional<Path> json = settings.get(JSON);
    try {
      boolean clean =
          settings.get(SIMULATED)
              ? SimulatedFaults.run(settings, settings.get(RUNS).orElse(SIMULATED_RUNS), seed, json)
              : RealFaults.run(settings, settings.get(RUNS).orElse(REAL_RUNS), seed, json);
      return clean ? Program.OK : Program.FAILED;
    } catch (IOException e) {
      System.err.println("perfload bench faults: " + e.getMessage());
      return Program.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Program.FAILED;
    }
  }

  private static Optional<Optional<Long>> seed(String text) {
    try {
      return Optional.of(Optional.of(Long.parseLong(text)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
