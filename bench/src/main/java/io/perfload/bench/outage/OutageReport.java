// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.outage;

import io.perfload.bench.fleet.FleetCounts;
import io.perfload.bench.report.AtMost;
import io.perfload.bench.report.Figures;
import io.perfload.bench.report.Machine;
import io.perfload.bench.report.Table;
import io.perfload.bench.watch.Phase;
import io.perfload.bench.watch.StoredMinutes;
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
        + AtMost.table(goals());
  }

  /** Whether all was there, in time, and nobody was disturbed. */
  boolean reached() {
    return goals().stream().allMatch(AtMost::reached);
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

  List<AtMost> goals() {
    StoredMinutes.Compared compared = outcome.compared();
    FleetCounts fleet = outcome.fleet();
    return List.of(
        AtMost.none("hosts not compared", plan.hosts() - compared.hosts() + compared.unread()),
        AtMost.none("minutes missing, of " + compared.minutes(), compared.minutesMissing()),
        AtMost.none("values missing, of " + compared.values(), compared.missing()),
        AtMost.none("values that nobody made", compared.different()),
        AtMost.none("minutes given up or refused", fleet.droppedChunks() + fleet.refusedChunks()),
        AtMost.none("connections of agents lost", fleet.lost()),
        AtMost.none("seconds that watchers did not see", sum(true)),
        AtMost.none("samples that watchers saw twice", sum(false)),
        new AtMost(
            "s until the backlog of " + outcome.back().backlog() + " minutes was stored",
            DRAIN_SECONDS,
            outcome.back().left() == 0 ? outcome.back().drainSeconds() : Double.POSITIVE_INFINITY),
        new AtMost("p99 of sample to watcher in the outage, ms", calmLimit(), p99("outage")));
  }

  private long sum(boolean missing) {
    return phases.stream().mapToLong(phase -> missing ? phase.missing() : phase.twice()).sum();
  }

  private double calmLimit() {
    return Math.max(LEAST_P99_MS, 2 * phase("before").map(Phase::sampleP99Ms).orElse(LEAST_P99_MS));
  }

  private double p99(String name) {
    return phase(name).map(Phase::sampleP99Ms).orElse(0.0);
  }

  private Optional<Phase> phase(String name) {
    return phases.stream().filter(phase -> phase.name().equals(name)).findFirst();
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
          Phase.cell(phase.sampleMs(), "p50", "p99", "max"),
          Phase.cell(phase.rowMs(), "p50", "p99"),
          Phase.cell(phase.roundTripMs(), "p99"),
          Phase.cell(phase.lateMs(), "p99"),
          String.valueOf(phase.missing()),
          phase.usedCell("master"),
          phase.usedCell("workers"),
          phase.usedCell("store"),
          Figures.of(phase.used("load").cpuPercent()));
    }
    return table.toString();
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
