// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.perfload.bench.report.JsonFile;
import io.perfload.bench.report.Machine;
import io.perfload.common.config.Parser;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** The half of {@code perfload bench faults} that runs real processes. */
public final class RealFaults {
  private static final String MONGO = "org.mongodb.driver";

  public static final Setting<Integer> FIRST =
      Setting.integer("bench.first", "Number of the first run.", 0, 0, 1_000_000);
  public static final Setting<Integer> FAULTS_A_RUN =
      Setting.integer(
          "bench.faults-a-run", "Faults that a real run has, one after the other.", 2, 1, 10);
  public static final Setting<Integer> LANES =
      Setting.integer("bench.lanes", "Real runs at a time.", 2, 1, 8);
  public static final Setting<Integer> STOP_SECONDS =
      Setting.integer("bench.stop-seconds", "How long a stop or a partition may last.", 4, 1, 120);
  public static final Setting<List<String>> KIND =
      Setting.of(
              "bench.kind",
              "A kind of fault; may be given many times. All of them if not given.",
              "kill-agent",
              Parser.of(
                  "one of " + String.join(", ", new FaultKinds().names()),
                  text -> Optional.of(text).filter(FaultKinds.known()::contains)))
          .repeatable();

  private RealFaults() {}

  /** Runs a campaign and tells how it went; true if nothing was lost, doubled or dead. */
  public static boolean run(Settings settings, int runs, long seed, Optional<Path> json)
      throws IOException, InterruptedException {
    hush();
    List<String> kinds = settings.get(KIND);
    Machine machine = Machine.here();
    var plan =
        new CampaignPlan(
            seed,
            settings.get(FIRST),
            runs,
            kinds.isEmpty() ? new FaultKinds().names() : kinds,
            settings.get(FAULTS_A_RUN),
            settings.get(LANES),
            Duration.ofSeconds(settings.get(STOP_SECONDS)),
            Files.createTempDirectory("perfload-faults-"));
    long began = System.nanoTime();
    List<RunResult> results = new RealCampaign(plan).run();
    System.out.println();
    System.out.println(machine.describe() + ".");
    System.out.print(RealReport.table(results));
    long clean = results.stream().filter(RunResult::isClean).count();
    System.out.println(
        clean
            + " of "
            + results.size()
            + " runs clean, seed "
            + seed
            + ", "
            + (System.nanoTime() - began) / 1_000_000_000
            + " s.");
    if (json.isPresent()) {
      Map<String, Object> result = new LinkedHashMap<>(RealReport.json(results));
      result.put("machine", machine);
      result.put("plan", plan);
      JsonFile.write(json.get(), result);
    }
    if (clean == results.size()) {
      Files.deleteIfExists(plan.directory());
    }
    return clean == results.size();
  }

  /** The driver tells of every connection it makes; a campaign makes thousands. */
  private static void hush() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger(MONGO).setLevel(Level.WARN);
    }
  }
}
