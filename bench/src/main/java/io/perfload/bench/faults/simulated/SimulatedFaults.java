// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.perfload.bench.faults.oracle.Failure;
import io.perfload.bench.faults.simulated.Campaign.FirstFailure;
import io.perfload.bench.report.Figures;
import io.perfload.bench.report.JsonFile;
import io.perfload.bench.report.Machine;
import io.perfload.bench.report.Table;
import io.perfload.common.config.Parser;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The half of {@code perfload bench faults} that runs all in one process on a virtual clock. */
public final class SimulatedFaults {
  public static final Setting<Plant> PLANT =
      Setting.of(
          "bench.plant",
          "A bug to put in, which must be found: "
              + Arrays.stream(Plant.values()).map(Plant::label).collect(Collectors.joining(", "))
              + ".",
          Plant.NONE,
          Parser.of("the name of a bug", Plant::of));
  public static final Setting<Integer> THREADS =
      Setting.integer(
          "bench.threads",
          "Runs side by side.",
          Runtime.getRuntime().availableProcessors(),
          1,
          256);
  public static final Setting<Boolean> TRACE =
      Setting.flag("bench.trace", "Print each event of one run.");

  private SimulatedFaults() {}

  /** Runs a campaign and tells how it went; true if nothing was lost, doubled or dead. */
  public static boolean run(Settings settings, int runs, long seed, Optional<Path> json)
      throws IOException, InterruptedException {
    Quiet.begin();
    return settings.get(TRACE) ? trace(seed, settings) : campaign(settings, runs, seed, json);
  }

  private static boolean trace(long seed, Settings settings) {
    RunResult result = SimulatedRun.run(seed, settings.get(PLANT), Optional.of(System.out));
    System.out.println("seed " + seed + " hash " + Long.toHexString(result.traceHash()));
    System.out.println(result.verdict());
    return result.verdict().isFine();
  }

  private static boolean campaign(Settings settings, int runs, long seed, Optional<Path> json)
      throws IOException, InterruptedException {
    Plant plant = settings.get(PLANT);
    Machine machine = Machine.here();
    System.out.println(machine.describe() + ".");
    System.out.println(
        "First seed "
            + seed
            + (plant == Plant.NONE ? "." : ", planted: " + plant.description() + "."));
    long began = System.nanoTime();
    Campaign.Totals totals =
        new Campaign(seed, runs, plant, plant != Plant.NONE).run(settings.get(THREADS));
    double seconds = (System.nanoTime() - began) / 1e9;
    print(totals, seconds, plant);
    if (json.isPresent()) {
      JsonFile.write(json.get(), json(machine, seed, plant, totals, seconds));
    }
    return totals.failed() == 0;
  }

  private static void print(Campaign.Totals totals, double seconds, Plant plant) {
    var faults = new Table("fault", "times");
    totals.mishaps().forEach((kind, count) -> faults.row(kind.label(), Figures.of((double) count)));
    System.out.print(faults);
    var table = new Table("what", "count");
    totals.sums().forEach((what, count) -> table.row(what, Figures.of((double) count)));
    for (Failure failure : Failure.values()) {
      table.row(failure.label(), String.valueOf(totals.failures().getOrDefault(failure, 0L)));
    }
    table.row("runs", Figures.of((double) totals.runs()));
    table.row("runs that failed", String.valueOf(totals.failed()));
    table.row("runs a second", Figures.of((double) totals.runs() / seconds));
    System.out.print(table);
    System.out.println("Hash of all traces: " + Long.toHexString(totals.traceHash()));
    totals.firstFailure().ifPresent(first -> print(first, plant));
    totals.firstBreak().ifPresent(Throwable::printStackTrace);
  }

  private static void print(FirstFailure first, Plant plant) {
    System.out.println("First failure in run " + first.run() + ": " + first.sentence());
    System.out.println(
        "Again: ./perfload bench faults --simulated --runs 1 --trace --seed "
            + first.seed()
            + (plant == Plant.NONE ? "" : " --plant " + plant.label()));
  }

  private static Map<String, Object> json(
      Machine machine, long seed, Plant plant, Campaign.Totals totals, double seconds) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bench", "faults");
    json.put("kind", "simulated");
    json.put("machine", machine);
    json.put("seed", seed);
    json.put("plant", plant.label());
    json.put("runs", totals.runs());
    json.put("failed", totals.failed());
    json.put("seconds", seconds);
    json.put("faults", totals.mishaps());
    json.put("sums", totals.sums());
    json.put("failures", totals.failures());
    json.put("traceHash", Long.toHexString(totals.traceHash()));
    totals.firstFailure().ifPresent(first -> json.put("firstFailure", first));
    return json;
  }
}
