// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.perfload.bench.report.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What a campaign came to, for people and for programs. */
final class RealReport {
  private RealReport() {}

  /** One line on one run. */
  static String line(RunResult result) {
    Verdict verdict = result.verdict();
    return String.format(
        Locale.ROOT,
        "run %d %s: %s, %d made, %d acknowledged, %d seconds stored, %d superseded, %d in gaps, %d taken,"
            + " %d lost, %d foreign, %d shown wrong, %d duplicates, %d retries, %.0f s",
        result.plan().number(),
        result.plan().kinds(),
        result.isClean() ? "clean" : "FAILED",
        verdict.made(),
        verdict.acknowledged(),
        verdict.stored(),
        verdict.superseded(),
        verdict.inGaps(),
        verdict.taken(),
        verdict.lost(),
        verdict.foreign(),
        verdict.twice(),
        result.duplicates(),
        result.retries(),
        result.seconds());
  }

  /** Everything that helps to find out why. */
  static String failure(CampaignPlan plan, RunResult result, Path kept) {
    List<String> lines = new ArrayList<>();
    result.problems().forEach(problem -> lines.add("  " + problem));
    result.verdict().examples().forEach(example -> lines.add("  " + example));
    result.steps().forEach(step -> lines.add("  " + step));
    lines.add("  kept: " + kept);
    lines.add(
        "  again: ./perfload bench faults --real --seed "
            + plan.seed()
            + " --first "
            + result.plan().number()
            + " --runs 1 --faults-a-run "
            + plan.faultsARun()
            + " --stop-seconds "
            + plan.longest().toSeconds()
            + kinds(plan));
    return String.join(System.lineSeparator(), lines);
  }

  /** A row a kind; what cannot be told apart within a run counts for each of its kinds. */
  static String table(List<RunResult> results) {
    var table =
        new Table(
            "kind",
            "runs",
            "happened",
            "made",
            "acknowledged",
            "stored",
            "duplicates sent",
            "retries",
            "gaps",
            "taken",
            "lost",
            "shown twice",
            "dead ends",
            "heal p50 s",
            "heal max s");
    rows(results).forEach((kind, runs) -> row(table, kind, runs));
    row(table, "all", results);
    return table.toString();
  }

  /** Sums for programs. */
  static Map<String, Object> json(List<RunResult> results) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runs", results);
    json.put("clean", results.stream().filter(RunResult::isClean).count());
    return json;
  }

  private static String kinds(CampaignPlan plan) {
    if (plan.kinds().size() == new FaultKinds().names().size()) {
      return "";
    }
    return " --kind " + String.join(" --kind ", plan.kinds());
  }

  private static Map<String, List<RunResult>> rows(List<RunResult> results) {
    Map<String, List<RunResult>> rows = new LinkedHashMap<>();
    for (String kind : new FaultKinds().names()) {
      List<RunResult> runs =
          results.stream().filter(result -> result.plan().kinds().contains(kind)).toList();
      if (!runs.isEmpty()) {
        rows.put(kind, runs);
      }
    }
    return rows;
  }

  private static void row(Table table, String kind, List<RunResult> runs) {
    List<RunResult.Step> steps =
        runs.stream()
            .flatMap(run -> run.steps().stream())
            .filter(step -> kind.equals("all") || step.kind().equals(kind))
            .toList();
    List<Long> heals =
        steps.stream().map(RunResult.Step::healMs).filter(ms -> ms >= 0).sorted().toList();
    table.row(
        kind,
        Integer.toString(runs.size()),
        Long.toString(steps.stream().filter(RunResult.Step::happened).count()),
        sum(runs, run -> run.verdict().made()),
        sum(runs, run -> run.verdict().acknowledged()),
        sum(runs, run -> run.verdict().stored()),
        sum(steps, RunResult.Step::duplicates),
        sum(steps, RunResult.Step::retries),
        sum(runs, run -> run.verdict().gaps()),
        sum(runs, run -> run.verdict().taken()),
        sum(runs, run -> run.verdict().lost()),
        sum(runs, run -> run.verdict().twice() + run.verdict().foreign()),
        sum(runs, run -> run.problems().size()),
        heals.isEmpty() ? "-" : seconds(heals.get(heals.size() / 2)),
        heals.isEmpty() ? "-" : seconds(heals.get(heals.size() - 1)));
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
  }

  private static <T> String sum(List<T> items, ToLongFunction<T> value) {
    return Long.toString(items.stream().mapToLong(value).sum());
  }
}
