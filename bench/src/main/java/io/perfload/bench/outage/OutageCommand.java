// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.outage;

import io.perfload.bench.fleet.AddressRange;
import io.perfload.bench.process.ProcessFacts;
import io.perfload.bench.report.JsonFile;
import io.perfload.cli.Program;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** {@code perfload bench outage}. */
public final class OutageCommand {
  private static final int SPARE_DESCRIPTORS = 500;

  private static final Setting<Integer> HOSTS =
      Setting.integer("bench.hosts", "How many agents.", 1000, 1, 100_000);
  private static final Setting<Integer> WORKERS =
      Setting.integer("bench.workers", "How many workers.", 2, 1, 64);
  private static final Setting<Integer> KEPT =
      Setting.integer(
          "bench.kept",
          "Minutes that agents bring along: a short outage then has the backlog of a long one.",
          0,
          0,
          1380);
  private static final Setting<Duration> WARM_UP =
      Setting.duration(
          "bench.warm-up",
          "How long everything runs before it is measured.",
          Duration.ofSeconds(60),
          Duration.ZERO,
          Duration.ofHours(1));
  private static final Setting<Duration> BEFORE =
      minutes("bench.before", "Minutes before the store is killed; 0: before agents come.", 5, 0);
  private static final Setting<Duration> MINUTES =
      minutes("bench.minutes", "Minutes the store is away.", 60, 1);
  private static final Setting<Duration> AFTER =
      minutes("bench.after", "Minutes watched after the backlog is stored.", 3, 0);
  private static final Setting<Integer> WATCHERS =
      Setting.integer("bench.watchers", "Hosts that somebody watches.", 8, 1, 1000);
  private static final Setting<Integer> SERIES =
      Setting.integer("bench.series", "Series of each host that are compared.", 4, 1, 40);
  private static final Setting<Optional<Path>> JSON =
      Setting.path("bench.json", "Where to write the result as JSON.", Path.of("outage.json"))
          .optional();

  private static final List<Setting<?>> SETTINGS =
      List.of(
          HOSTS,
          WORKERS,
          KEPT,
          WARM_UP,
          BEFORE,
          MINUTES,
          AFTER,
          WATCHERS,
          SERIES,
          AddressRange.SETTING,
          JSON);

  private OutageCommand() {}

  /** Runs the command and returns its exit code. */
  public static int run(String[] args) {
    var program =
        new Program(
            "perfload bench outage",
            "Kills the store under a fleet, gives it back, and looks for every second of every host.",
            SETTINGS);
    return program.run(args, OutageCommand::run);
  }

  private static int run(Settings settings) {
    OutagePlan plan = plan(settings);
    try {
      checkDescriptors(plan);
      OutageReport report = new OutageBench(plan, OutageCommand::tell).run();
      System.out.print(report.text());
      Optional<Path> json = settings.get(JSON);
      if (json.isPresent()) {
        JsonFile.write(json.get(), report.json());
      }
      return report.reached() ? Program.OK : Program.FAILED;
    } catch (IOException e) {
      System.err.println("perfload bench outage: " + e.getMessage());
      return Program.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Program.FAILED;
    }
  }

  private static OutagePlan plan(Settings settings) {
    return new OutagePlan(
        settings.get(HOSTS),
        settings.get(WORKERS),
        settings.get(KEPT),
        settings.get(WARM_UP),
        settings.get(BEFORE),
        settings.get(MINUTES),
        settings.get(AFTER),
        settings.get(WATCHERS),
        settings.get(SERIES),
        settings.get(AddressRange.SETTING));
  }

  private static void checkDescriptors(OutagePlan plan) throws IOException {
    int wanted = plan.hosts() + plan.watchers() + SPARE_DESCRIPTORS;
    int limit = ProcessFacts.descriptorLimit();
    if (wanted > limit) {
      throw new IOException(
          wanted
              + " descriptors are needed in one process and "
              + limit
              + " are allowed: raise 'ulimit -n' or lower --hosts");
    }
  }

  private static void tell(String sentence) {
    System.err.println(
        LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS) + " " + sentence);
  }

  private static Setting<Duration> minutes(
      String key, String description, int byDefault, int least) {
    return Setting.integer(key, description, byDefault, least, 1440).map(Duration::ofMinutes);
  }
}
