// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.attack;

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

/** {@code perfload bench attack}. */
public final class AttackCommand {
  private static final int SPARE_DESCRIPTORS = 1_000;
  private static final Duration LONGEST = Duration.ofHours(24);

  /** Honest agents: 127.16.0.0/12. */
  private static final AddressRange HONEST = new AddressRange(0x7f10_0000, 12);

  /** Attackers: 127.96.0.0/12. */
  private static final AddressRange HOSTILE = new AddressRange(0x7f60_0000, 12);

  private static final Setting<Integer> HOSTS =
      Setting.integer("bench.hosts", "Honest agents at 1 Hz.", 500, 1, 100_000);
  private static final Setting<Integer> WORKERS =
      Setting.integer("bench.workers", "How many workers.", 2, 1, 64);
  private static final Setting<Integer> SLOW =
      Setting.integer(
          "bench.slow", "Peers that say a byte now and then, or nothing.", 5000, 0, 100_000);
  private static final Setting<Integer> OVERSIZE =
      Setting.integer("bench.oversize", "Peers that say more than they may.", 1000, 0, 100_000);
  private static final Setting<Integer> RESETS =
      Setting.integer(
          "bench.resets", "Connections made and reset in every ten seconds.", 10_000, 0, 1_000_000);
  private static final Setting<Duration> WARM_UP =
      span("bench.warm-up", "How long everything runs before it is measured.", 60);
  private static final Setting<Duration> CALM =
      span("bench.calm", "How long it is measured without an attack.", 30);
  private static final Setting<Duration> ATTACK =
      span("bench.attack", "How long the attack is kept up.", 60);
  private static final Setting<Integer> WATCHERS =
      Setting.integer("bench.watchers", "Hosts that somebody watches.", 8, 1, 1000);
  private static final Setting<Integer> DESCRIPTORS =
      Setting.integer(
          "bench.descriptors",
          "Descriptors of the master, then of a worker, in two more parts; 0: leaves those out.",
          256,
          0,
          100_000);
  private static final Setting<Optional<Path>> JSON =
      Setting.path("bench.json", "Where to write the result as JSON.", Path.of("attack.json"))
          .optional();

  private static final List<Setting<?>> SETTINGS =
      List.of(
          HOSTS,
          WORKERS,
          SLOW,
          OVERSIZE,
          RESETS,
          WARM_UP,
          CALM,
          ATTACK,
          WATCHERS,
          DESCRIPTORS,
          JSON);

  private AttackCommand() {}

  /** Runs the command and returns its exit code. */
  public static int run(String[] args) {
    var program =
        new Program(
            "perfload bench attack",
            "Slow, oversized and resetting peers beside honest agents, which should not notice.",
            SETTINGS);
    return program.run(args, AttackCommand::run);
  }

  private static int run(Settings settings) {
    AttackPlan plan = plan(settings);
    try {
      checkDescriptors(plan);
      AttackReport report = new AttackBench(plan, System.err::println).run();
      System.out.print(report.text());
      Optional<Path> json = settings.get(JSON);
      if (json.isPresent()) {
        JsonFile.write(json.get(), report.json());
      }
      return report.reached() ? Program.OK : Program.FAILED;
    } catch (IOException e) {
      System.err.println("perfload bench attack: " + e.getMessage());
      return Program.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Program.FAILED;
    }
  }

  private static AttackPlan plan(Settings settings) {
    var crowd =
        new AttackPlan.Crowd(
            settings.get(SLOW), settings.get(OVERSIZE), settings.get(RESETS), HOSTILE);
    return new AttackPlan(
        settings.get(HOSTS),
        settings.get(WORKERS),
        crowd,
        settings.get(WARM_UP),
        settings.get(CALM),
        settings.get(ATTACK),
        settings.get(WATCHERS),
        settings.get(DESCRIPTORS),
        HONEST);
  }

  private static void checkDescriptors(AttackPlan plan) throws IOException {
    int wanted = plan.hosts() + plan.crowd().slow() + plan.crowd().oversize() + SPARE_DESCRIPTORS;
    int limit = ProcessFacts.descriptorLimit();
    if (wanted > limit) {
      throw new IOException(
          wanted
              + " descriptors are needed in one process and "
              + limit
              + " are allowed: raise 'ulimit -n' or lower --hosts and --slow");
    }
  }

  private static Setting<Duration> span(String key, String description, int seconds) {
    return Setting.duration(key, description, Duration.ofSeconds(seconds), Duration.ZERO, LONGEST);
  }
}
