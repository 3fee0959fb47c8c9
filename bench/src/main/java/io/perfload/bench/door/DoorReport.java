// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import io.perfload.bench.report.Figures;
import io.perfload.bench.report.Machine;
import io.perfload.bench.report.Rounds;
import io.perfload.bench.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code bench door} found, for people and for programs. */
final class DoorReport {
  private static final Front.Kind OURS = Front.Kind.PERFLOAD;

  private final Machine machine;
  private final DoorPlan plan;
  private final List<String> missing;
  private final Measured measured;
  private final Optional<WorkerMemory.Held> held;

  DoorReport(
      Machine machine,
      DoorPlan plan,
      List<String> missing,
      Measured measured,
      Optional<WorkerMemory.Held> held) {
    this.machine = machine;
    this.plan = plan;
    this.missing = List.copyOf(missing);
    this.measured = measured;
    this.held = held;
  }

  /** Tables, Markdown. */
  String text() {
    var text = new StringBuilder();
    text.append(machine.describe()).append(".\n");
    missing.forEach(sentence -> text.append(sentence).append('\n'));
    text.append(connections("New connections", newMethod(), newFigures()));
    text.append(connections("Kept connections", keptMethod(), keptFigures()));
    text.append(
        measured.asked() + " requests sent, warm-up included; " + measured.failed() + " failed.\n");
    if (plan.liveAgents() > 0) {
      text.append(connections("Live agents", liveMethod(), liveFigures()));
    }
    held.ifPresent(found -> text.append(memory(found)));
    text.append(goalTable());
    return text.toString();
  }

  /** Whether every request and every agent got what it came for. */
  boolean allAnswered() {
    return measured.failed() == 0 && held.stream().allMatch(found -> found.window().lost() == 0);
  }

  /** For Jackson. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bench", "door");
    json.put("machine", machine);
    json.put("method", method());
    json.put("missing", missing);
    Map<String, Object> fronts = new LinkedHashMap<>();
    for (Front.Kind front : measured.fronts()) {
      Map<String, Rounds> figures = new LinkedHashMap<>();
      for (Figure figure : Figure.values()) {
        measured.rounds(front, figure).ifPresent(found -> figures.put(figure.name(), found));
      }
      fronts.put(front.name(), figures);
    }
    json.put("fronts", fronts);
    json.put("requests", Map.of("sent", measured.asked(), "failed", measured.failed()));
    held.ifPresent(found -> json.put("memory", found));
    json.put("goals", goals());
    return json;
  }

  /** The numbers that the door was built to reach, as far as they were measured. */
  List<Goal> goals() {
    Stream<Optional<Goal>> goals =
        Stream.of(
            ratio("new connections/s, times HAProxy", Front.Kind.HAPROXY, 1.5),
            ratio("new connections/s, times straight to the worker", Front.Kind.DIRECT, 0.9),
            median("master's CPU a connection, µs", Figure.NEW_FRONT, 12),
            median("master's share of a core for live agents, %", Figure.LIVE_FRONT, 0.1),
            median("descriptors the master holds for live agents", Figure.LIVE_DESCRIPTORS, 0),
            measured
                .difference(Figure.LIVE_P99, OURS, Front.Kind.DIRECT)
                .map(added -> new Goal("p99 added to a message, ms", 0.5, false, added.median())),
            held.map(
                found ->
                    new Goal("worker memory a host, KB", 16, false, found.bytesPerHost() / 1024)),
            held.map(
                found ->
                    new Goal("server CPU a sample, µs", 6, false, found.serverMicrosPerSample())),
            held.map(
                found ->
                    new Goal(
                        "bytes a second a host of 40 series",
                        120,
                        false,
                        found.wireBytesPerHostSecond())));
    return goals.flatMap(Optional::stream).toList();
  }

  private Optional<Goal> ratio(String what, Front.Kind to, double wanted) {
    return measured
        .ratio(Figure.NEW_RATE, OURS, to)
        .map(ratio -> new Goal(what, wanted, true, ratio.median()));
  }

  private Optional<Goal> median(String what, Figure figure, double wanted) {
    return measured
        .rounds(OURS, figure)
        .map(found -> new Goal(what, wanted, false, found.median()));
  }

  private String connections(String title, String method, List<Figure> figures) {
    List<String> heads = new ArrayList<>(List.of("through"));
    figures.forEach(figure -> heads.add(figure.label()));
    heads.add("times straight");
    var table = new Table(heads.toArray(String[]::new));
    for (Front.Kind front : measured.fronts()) {
      List<String> cells = new ArrayList<>(List.of(front.label()));
      figures.forEach(figure -> cells.add(cell(front, figure)));
      cells.add(
          measured.ratio(figures.get(0), front, Front.Kind.DIRECT).map(Figures::of).orElse("-"));
      table.row(cells.toArray(String[]::new));
    }
    return "\n## " + title + "\n\n" + method + "\n\n" + table;
  }

  private String cell(Front.Kind front, Figure figure) {
    return measured.rounds(front, figure).map(Figures::of).orElse("-");
  }

  private static List<Figure> newFigures() {
    return List.of(
        Figure.NEW_RATE, Figure.NEW_P99, Figure.NEW_FRONT, Figure.NEW_WORKER, Figure.NEW_CLIENT);
  }

  private static List<Figure> keptFigures() {
    return List.of(
        Figure.KEPT_RATE,
        Figure.KEPT_P99,
        Figure.KEPT_FRONT,
        Figure.KEPT_WORKER,
        Figure.KEPT_CLIENT);
  }

  private static List<Figure> liveFigures() {
    return List.of(
        Figure.LIVE_P99,
        Figure.LIVE_P50,
        Figure.LIVE_FRONT,
        Figure.LIVE_WORKER,
        Figure.LIVE_CLIENT,
        Figure.LIVE_DESCRIPTORS,
        Figure.LIVE_LAG);
  }

  private List<String> method() {
    return List.of(newMethod(), keptMethod(), liveMethod());
  }

  private String newMethod() {
    return "Connect from the next address of "
        + plan.sources()
        + ", GET /v1.0/alive, answer, "
        + (plan.reset() ? "RST" : "FIN")
        + "; "
        + closedLoop();
  }

  private String keptMethod() {
    return "GET /v1.0/alive again and again on the same connections; " + closedLoop();
  }

  private String closedLoop() {
    return plan.concurrency()
        + " at once, one thread; "
        + plan.rounds()
        + " rounds of "
        + plan.span().toMillis() / 1000.0
        + " s after "
        + plan.warmUps()
        + " to warm up, all fronts in each, in turn; median (least–greatest); CPU µs a request.";
  }

  private String liveMethod() {
    return plan.liveAgents()
        + " agents, a sample of 40 series a second each, a ping behind every fourth; "
        + plan.rounds()
        + " rounds of "
        + plan.liveSpan().toSeconds()
        + " s; round trip of the pings.";
  }

  private String memory(WorkerMemory.Held found) {
    return "\n## Worker memory\n\n"
        + found.agents()
        + " agents at 1 Hz for "
        + plan.holdSpan().toSeconds()
        + " s at one worker, garbage collected before each weighing: resident "
        + Figures.of(found.without().resident() / 1048576.0)
        + " MB without, "
        + Figures.of(found.with().resident() / 1048576.0)
        + " MB with them = "
        + Figures.of(found.bytesPerHost() / 1024)
        + " KB a host, "
        + Figures.of(found.heapBytesPerHost() / 1024)
        + " KB of it alive in the heap. Master and worker used "
        + Figures.of(found.serverMicrosPerSample())
        + " µs a sample, chunks included; an agent sent "
        + Figures.of(found.wireBytesPerHostSecond())
        + " bytes a second, chunks included; p99 "
        + Figures.of(found.p99Ms())
        + " ms; "
        + found.window().chunks()
        + " chunks sent, "
        + found.window().acknowledged()
        + " acknowledged, "
        + found.window().lost()
        + " connections lost; the master held "
        + found.masterDescriptors()
        + " descriptors more.\n";
  }

  private String goalTable() {
    var table = new Table("goal", "wanted", "measured", "");
    for (Goal goal : goals()) {
      table.row(
          goal.what(),
          (goal.atLeast() ? "≥ " : "≤ ") + Figures.of(goal.wanted()),
          Figures.of(goal.measured()),
          goal.reached() ? "reached" : "MISSED");
    }
    return "\n## Goals\n\n" + table;
  }
}
