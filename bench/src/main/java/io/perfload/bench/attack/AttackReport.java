// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.attack;

import io.perfload.bench.report.AtMost;
import io.perfload.bench.report.Figures;
import io.perfload.bench.report.Machine;
import io.perfload.bench.report.Table;
import io.perfload.bench.watch.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code bench attack} found, for people and for programs. */
final class AttackReport {
  private static final double LEAST_P99_MS = 5;
  private static final double MORE_MEGABYTES = 50;

  /** Watchers of this measurement may come and go by one while descriptors are counted. */
  private static final int DESCRIPTORS_OF_QUESTIONS = 4;

  private final Machine machine;
  private final AttackPlan plan;
  private final List<AttackBench.Part> parts;

  AttackReport(Machine machine, AttackPlan plan, List<AttackBench.Part> parts) {
    this.machine = machine;
    this.plan = plan;
    this.parts = List.copyOf(parts);
  }

  /** Tables, Markdown. */
  String text() {
    var text = new StringBuilder(machine.describe()).append(".\n");
    text.append(
        plan.hosts() + " honest agents at 1 Hz, " + plan.workers() + " workers; against them ");
    text.append(plan.crowd().slow() + " slow and " + plan.crowd().oversize() + " oversized peers");
    text.append(" that come again when they are ended, and " + plan.crowd().resets());
    text.append(" resets every ten seconds, for " + plan.attack().toSeconds() + " s.\n");
    for (AttackBench.Part part : parts) {
      text.append("\n## " + part.name() + "\n\n").append(phases(part));
      text.append(
          "\nAttackers: "
              + part.crowd()
              + ". Turned away, by reason: "
              + new TreeMap<>(part.refusals())
              + ".\n\n");
      text.append(AtMost.table(goals(part)));
    }
    return text.toString();
  }

  boolean reached() {
    return goals().stream().allMatch(AtMost::reached);
  }

  List<AtMost> goals() {
    return parts.stream().flatMap(part -> goals(part).stream()).toList();
  }

  List<AttackBench.Part> parts() {
    return parts;
  }

  /** For Jackson. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bench", "attack");
    json.put("machine", machine);
    json.put("hosts", plan.hosts());
    json.put("crowd", plan.crowd());
    json.put("parts", parts);
    json.put("goals", parts.stream().map(this::goals).toList());
    return json;
  }

  private List<AtMost> goals(AttackBench.Part part) {
    Phase calm = part.calm();
    Phase attack = part.attack();
    List<AtMost> goals = new ArrayList<>();
    double calmP99 = calm.roundTripMs().getOrDefault("p99", 0.0);
    goals.add(
        new AtMost(
            "p99 of a round trip, ms",
            Math.max(LEAST_P99_MS, 2 * calmP99),
            attack.roundTripMs().getOrDefault("p99", Double.POSITIVE_INFINITY)));
    for (String process : calm.used().keySet()) {
      if (!process.equals("load")) {
        double more = attack.used(process).residentBytes() - calm.used(process).residentBytes();
        goals.add(
            new AtMost("more memory in " + process + ", MB", MORE_MEGABYTES, more / (1 << 20)));
      }
    }
    goals.add(AtMost.none("connections of honest agents lost", part.fleet().lost()));
    goals.add(AtMost.none("samples held back", part.fleet().held()));
    goals.add(AtMost.none("seconds watchers did not see", attack.missing() + calm.missing()));
    goals.add(
        AtMost.none(
            "values missing or wrong, of " + part.compared().values(),
            part.compared().missing() + part.compared().different()));
    goals.add(AtMost.none("hosts not compared", plan.hosts() - read(part)));
    goals.add(AtMost.none("attackers never ended", part.left()));
    goals.add(new AtMost("descriptors left behind", DESCRIPTORS_OF_QUESTIONS, part.descriptors()));
    return goals;
  }

  private static long read(AttackBench.Part part) {
    return part.compared().hosts() - part.compared().unread();
  }

  private static Table phases(AttackBench.Part part) {
    List<String> heads =
        new ArrayList<>(
            List.of(
                "phase",
                "s",
                "round trip, ms: p50 / p99 / max",
                "load late p99, ms",
                "sample to watcher, ms: p50 / p99 / max"));
    List<String> processes = List.copyOf(part.calm().used().keySet());
    processes.forEach(process -> heads.add(process + " MB, %"));
    var table = new Table(heads.toArray(String[]::new));
    for (Phase phase : part.phases()) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  phase.name(),
                  Figures.of(phase.seconds()),
                  Phase.cell(phase.roundTripMs(), "p50", "p99", "max"),
                  Phase.cell(phase.lateMs(), "p99"),
                  Phase.cell(phase.sampleMs(), "p50", "p99", "max")));
      processes.forEach(process -> cells.add(phase.usedCell(process)));
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }
}
