// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.outage;

import io.perfload.bench.fleet.FleetCounts;
import io.perfload.bench.report.Figures;
import io.perfload.bench.report.Machine;
import io.perfload.bench.report.Table;
import io.perfload.bench.stack.ResourceMeter.Used;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code bench outage} found, for people and for programs. */
final class OutageReport {
  private static final double DRAIN_SECONDS = 60;
  private static final double LEAST_P99_MS = 10;

  private final Machine machine;
  private final OutagePlan plan;
  private final List<Phase> phases;
  private final Outcome outcome;

  OutageReport(Machine machine, OutagePlan plan, List<Phase> phases, Outcome outcome) {
    this.machine = machine;
    this.plan = plan;
    this.phases = List.copyOf(phases);
    this.outcome = outcome;
  }

  /** Tables, Markdown. */
  String text() {
    return machine.describe()
        + ".\n"
        + plan.hosts()
        + " agents at 1 Hz, "
        + plan.workers()
        + " workers, the embedded store killed and away for "
        + plan.outage().toSeconds()
        + " s; agents brought "
        + plan.keptMinutes()
        + " minutes along.\n\n"
        + phaseTable()
        + "\n"
        + workerTable()
        + "\n"
        + goalTable();
  }

  /** Whether all was there, in time, and nobody was disturbed. */
  boolean reached() {
    return goals().stream().allMatch(Goal::reached);
  }

  /** For Jackson. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bench", "outage");
    json.put("machine", machine);
    json.put("hosts", plan.hosts());
    json.put("outageSeconds", plan.outage().toSeconds());
    json.put("keptMinutes", plan.keptMinutes());
    json.put("phases", phases);
    json.put("outcome", outcome);
    json.put("goals", goals());
    return json;
  }

  List<Goal> goals() {
    StoredMinutes.Compared compared = outcome.compared();
    FleetCounts fleet = outcome.fleet();
    return List.of(
        Goal.none("minutes missing, of " + compared.minutes(), compared.minutesMissing()),
        Goal.none("values missing, of " + compared.values(), compared.missing()),
        Goal.none("values that nobody made", compared.different()),
        Goal.none("minutes given up or refused", fleet.droppedChunks() + fleet.refusedChunks()),
        Goal.none("connections of agents lost", fleet.lost()),
        Goal.none("seconds that watchers did not see", sum(true)),
        Goal.none("samples that watchers saw twice", sum(false)),
        new Goal(
            "s until the backlog of " + outcome.back().backlog() + " minutes was stored",
            DRAIN_SECONDS,
            outcome.back().left() == 0 ? outcome.back().drainSeconds() : Double.POSITIVE_INFINITY),
        new Goal("p99 of sample to watcher in the outage, ms", calmLimit(), p99("outage")));
  }

  private long sum(boolean missing) {
    return phases.stream().mapToLong(phase -> missing ? phase.missing() : phase.twice()).sum();
  }

  private double calmLimit() {
    return Math.max(LEAST_P99_MS, 2 * phase("before").map(OutageReport::p99).orElse(LEAST_P99_MS));
  }

  private double p99(String name) {
    return phase(name).map(OutageReport::p99).orElse(0.0);
  }

  private Optional<Phase> phase(String name) {
    return phases.stream().filter(phase -> phase.name().equals(name)).findFirst();
  }

  private static double p99(Phase phase) {
    return phase.sampleMs().getOrDefault("p99", 0.0);
  }

  private String phaseTable() {
    var table =
        new Table(
            "phase",
            "s",
            "sample to watcher, ms: p50 / p99 / max",
            "fleet row's age, ms: p50 / p99",
            "round trip p99, ms",
            "load late p99, ms",
            "unseen",
            "master MB, %",
            "a worker MB, all %",
            "store MB, %",
            "load %");
    for (Phase phase : phases) {
      table.row(
          phase.name(),
          Figures.of(phase.seconds()),
          figures(phase.sampleMs(), "p50", "p99", "max"),
          figures(phase.rowMs(), "p50", "p99"),
          figures(phase.roundTripMs(), "p99"),
          figures(phase.lateMs(), "p99"),
          String.valueOf(phase.missing()),
          used(phase, "master"),
          used(phase, "workers"),
          used(phase, "store"),
          Figures.of(phase.used("load").cpuPercent()));
    }
    return table.toString();
  }

  private static String figures(Map<String, Double> percentiles, String... names) {
    return String.join(
        " / ",
        java.util.Arrays.stream(names)
            .map(name -> Figures.of(percentiles.getOrDefault(name, Double.NaN)))
            .toList());
  }

  private static String used(Phase phase, String name) {
    Used used = phase.used(name);
    return Figures.of(used.residentBytes() / 1048576.0) + ", " + Figures.of(used.cpuPercent());
  }

  private String workerTable() {
    var table =
        new Table(
            "worker",
            "sessions",
            "queue high water",
            "KB",
            "blocked",
            "inserted",
            "repeated",
            "merged",
            "refused",
            "failures");
    for (Worker worker : outcome.workers()) {
      table.row(
          String.valueOf(worker.slot()),
          String.valueOf(worker.sessions()),
          String.valueOf(worker.highWater()),
          Figures.of(worker.highWaterBytes() / 1024.0),
          String.valueOf(worker.blocked()),
          String.valueOf(worker.inserted()),
          String.valueOf(worker.repeated()),
          String.valueOf(worker.merged()),
          String.valueOf(worker.refused()),
          String.valueOf(worker.failures()));
    }
    return table
        + "\nThe store answered "
        + Figures.of(outcome.back().startSeconds())
        + " s after its start; its file has "
        + Figures.of(outcome.fileBytes() / 1048576.0)
        + " MB; "
        + outcome.compared().values()
        + " values of "
        + outcome.compared().seconds()
        + " seconds of "
        + outcome.compared().hosts()
        + " hosts were read back in "
        + Figures.of(outcome.readSeconds())
        + " s.\n";
  }

  private String goalTable() {
    var table = new Table("goal", "wanted", "measured", "");
    for (Goal goal : goals()) {
      table.row(
          goal.what(),
          "≤ " + Figures.of(goal.most()),
          Figures.of(goal.measured()),
          goal.reached() ? "reached" : "MISSED");
    }
    return table.toString();
  }

  /** A number that should be at most so much. */
  record Goal(String what, double most, double measured) {
    static Goal none(String what, long measured) {
      return new Goal(what, 0, measured);
    }

    @com.fasterxml.jackson.annotation.JsonProperty
    boolean reached() {
      return measured <= most;
    }
  }

  /** A worker's own account. */
  record Worker(
      int slot,
      int sessions,
      long highWater,
      long highWaterBytes,
      long blocked,
      long inserted,
      long repeated,
      long merged,
      long refused,
      long failures) {}

  /** How it ended. */
  record Outcome(
      OutageBench.Return back,
      StoredMinutes.Compared compared,
      double readSeconds,
      FleetCounts fleet,
      List<Worker> workers,
      long fileBytes) {}
}
