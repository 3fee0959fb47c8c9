// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import io.perfload.bench.fleet.AddressRange;
import io.perfload.bench.process.ProcessFacts;
import io.perfload.bench.report.JsonFile;
import io.perfload.cli.Program;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code perfload bench door}. */
public final class DoorCommand {
  private static final int HOUR = 3600;
  private static final Duration SETTLE = Duration.ofSeconds(3);
  private static final int SPARE_DESCRIPTORS = 500;

  private static final Setting<Integer> ROUNDS =
      Setting.integer("bench.rounds", "How often everything is measured.", 5, 1, 1000);
  private static final Setting<Integer> WARM_UPS =
      Setting.integer("bench.warm-ups", "Rounds before those, thrown away.", 4, 0, 1000);
  private static final Setting<Duration> SECONDS =
      Setting.integer("bench.seconds", "Seconds of one measurement.", 3, 1, HOUR)
          .map(Duration::ofSeconds);
  private static final Setting<Integer> CONCURRENCY =
      Setting.integer("bench.concurrency", "Requests at once.", 32, 1, 10_000);
  private static final Setting<Boolean> FIN =
      Setting.flag("bench.fin", "Ends connections with FIN instead of RST.");
  private static final Setting<Integer> LIVE_AGENTS =
      Setting.integer(
          "bench.live-agents", "Agents at 1 Hz through every front; 0: none.", 8000, 0, 100_000);
  private static final Setting<Duration> LIVE_SECONDS =
      Setting.integer("bench.live-seconds", "Seconds they are watched in each round.", 5, 1, HOUR)
          .map(Duration::ofSeconds);
  private static final Setting<Integer> AGENTS =
      Setting.integer(
          "bench.agents", "Agents held to weigh a worker; 0: none.", 15_000, 0, 100_000);
  private static final Setting<Duration> HOLD_SECONDS =
      Setting.integer("bench.hold-seconds", "Seconds they are held.", 100, 1, HOUR)
          .map(Duration::ofSeconds);
  private static final Setting<Optional<Path>> JSON =
      Setting.path("bench.json", "Where to write all rounds as JSON.", Path.of("door.json"))
          .optional();

  private static final List<Setting<?>> SETTINGS =
      List.of(
          ROUNDS,
          WARM_UPS,
          SECONDS,
          CONCURRENCY,
          FIN,
          LIVE_AGENTS,
          LIVE_SECONDS,
          AGENTS,
          HOLD_SECONDS,
          AddressRange.SETTING,
          JSON);

  private DoorCommand() {}

  /** Runs the command and returns its exit code. */
  public static int run(String[] args) {
    var program =
        new Program(
            "perfload bench door",
            "Compares ways to a worker, interleaved: straight, Perfload's door, HAProxy, nginx.",
            SETTINGS);
    return program.run(args, DoorCommand::run);
  }

  private static int run(Settings settings) {
    DoorPlan plan = plan(settings);
    try {
      checkDescriptors(plan);
      DoorReport report = new DoorBench(plan, System.err::println).run();
      System.out.print(report.text());
      Optional<Path> json = settings.get(JSON);
      if (json.isPresent()) {
        JsonFile.write(json.get(), report.json());
      }
      return report.allAnswered() ? Program.OK : Program.FAILED;
    } catch (IOException e) {
      System.err.println("perfload bench door: " + e.getMessage());
      return Program.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Program.FAILED;
    }
  }

  private static DoorPlan plan(Settings settings) {
    return new DoorPlan(
        settings.get(ROUNDS),
        settings.get(WARM_UPS),
        settings.get(SECONDS),
        settings.get(CONCURRENCY),
        !settings.get(FIN),
        settings.get(LIVE_AGENTS),
        settings.get(LIVE_SECONDS),
        settings.get(AGENTS),
        settings.get(HOLD_SECONDS),
        SETTLE,
        settings.get(AddressRange.SETTING));
  }

  /** A proxy needs two descriptors a client; the load and a worker need one. */
  private static void checkDescriptors(DoorPlan plan) throws IOException {
    int wanted = Math.max(2 * plan.liveAgents(), plan.agents()) + SPARE_DESCRIPTORS;
    int limit = ProcessFacts.descriptorLimit();
    if (wanted > limit) {
      throw new IOException(
          wanted
              + " descriptors are needed in one process and "
              + limit
              + " are allowed: raise 'ulimit -n' or lower --agents and --live-agents");
    }
  }
}
