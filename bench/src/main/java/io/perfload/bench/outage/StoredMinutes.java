// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.outage;

import com.fasterxml.jackson.databind.JsonNode;
import io.perfload.bench.fleet.SimulatedMachine;
import io.perfload.bench.stack.Stack;
import io.perfload.common.model.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Reads back through the door what hosts told and compares it with what their machines made, second
 * by second. One thread.
 */
final class StoredMinutes {
  private static final long SECOND_MS = 1000;
  private static final long MINUTE_S = 60;
  private static final List<String> COLUMNS = List.of("avg", "min", "max");

  /** As many seconds as one question is answered for by the second. */
  private static final long MOST_SECONDS = 9_600;

  private final Stack stack;
  private final int seriesAHost;
  private long seconds;
  private long values;
  private long missing;
  private long different;
  private long minutes;
  private long minutesMissing;

  StoredMinutes(Stack stack, int seriesAHost) {
    this.stack = stack;
    this.seriesAHost = seriesAHost;
  }

  /**
   * Compares all seconds of all hosts.
   *
   * @param firstSeconds of each machine, by its number
   * @param endSecond the second after the last
   */
  Compared compare(SortedMap<Integer, Long> firstSeconds, long endSecond) throws IOException {
    for (Map.Entry<Integer, Long> host : firstSeconds.entrySet()) {
      long from = host.getValue();
      while (from < endSecond) {
        long to = Math.min(endSecond, from + MOST_SECONDS - from % MINUTE_S);
        compare(host.getKey(), from, to);
        from = to;
      }
    }
    return new Compared(
        firstSeconds.size(), minutes, minutesMissing, seconds, values, missing, different);
  }

  private void compare(int number, long from, long to) throws IOException {
    var machine = new SimulatedMachine(number);
    List<Integer> columns = columns(number);
    List<Series> all = SimulatedMachine.SERIES.series();
    String measures =
        columns.stream().map(all::get).map(Series::key).collect(Collectors.joining(","));
    JsonNode answer =
        stack.ask(
            "/api/v1/hosts/"
                + machine.profile().id()
                + "/series?measures="
                + measures
                + "&from="
                + from * SECOND_MS
                + "&to="
                + to * SECOND_MS
                + "&points=10000");
    long step = answer.path("step").asLong();
    if (step != SECOND_MS || answer.path("series").size() != columns.size()) {
      throw new IOException(
          "the answer has steps of "
              + step
              + " ms and "
              + answer.path("series").size()
              + " series");
    }
    long began = answer.path("from").asLong() / SECOND_MS;
    List<JsonNode> lines = lines(answer, columns);
    boolean whole = true;
    for (long second = from; second < to; second++) {
      whole &= compare(machine, second, (int) (second - began), columns, lines);
      if ((second + 1) % MINUTE_S == 0 || second + 1 == to) {
        minutes++;
        minutesMissing += whole ? 0 : 1;
        whole = true;
      }
    }
  }

  /** Returns whether the second is there. */
  private boolean compare(
      SimulatedMachine machine,
      long second,
      int point,
      List<Integer> columns,
      List<JsonNode> lines) {
    long[] made = machine.read(second);
    seconds++;
    boolean there = true;
    for (int i = 0; i < columns.size(); i++) {
      int column = columns.get(i);
      Series series = SimulatedMachine.SERIES.series().get(column);
      for (String name : COLUMNS) {
        JsonNode stored = lines.get(i).path(name).path(point);
        values++;
        if (!stored.isNumber()) {
          missing++;
          there = false;
        } else if (series.measure().scale(stored.asDouble()) != made[column]) {
          different++;
        }
      }
    }
    return there;
  }

  /** Series in the order of the columns, whatever the order of the answer. */
  private static List<JsonNode> lines(JsonNode answer, List<Integer> columns) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (int column : columns) {
      Series series = SimulatedMachine.SERIES.series().get(column);
      JsonNode found = null;
      for (JsonNode line : answer.path("series")) {
        if (line.path("measure").asText().equals(series.measure().name())
            && line.path("instance").asText().equals(series.instance())) {
          found = line;
        }
      }
      if (found == null) {
        throw new IOException("the answer lacks " + series.key());
      }
      lines.add(found);
    }
    return lines;
  }

  /** Neighbours have other series; after as many hosts as there are series, all had their turn. */
  private List<Integer> columns(int number) {
    int size = SimulatedMachine.SERIES.size();
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < Math.min(size, seriesAHost); i++) {
      columns.add((number * seriesAHost + i) % size);
    }
    return columns;
  }

  /**
   * What was found.
   *
   * @param minutes of all hosts, their first and last ones included though they may be parts
   * @param minutesMissing in which a second is missing
   * @param seconds of all hosts
   * @param values compared
   * @param missing values that are not there
   * @param different values that are not those that were made
   */
  record Compared(
      int hosts,
      long minutes,
      long minutesMissing,
      long seconds,
      long values,
      long missing,
      long different) {}
}
