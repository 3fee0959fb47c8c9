// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.perfload.common.model.Catalogue;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.worker.fleet.HostState;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The newest values of every host for Prometheus, made block by block: with thousands of hosts the
 * text is far larger than the fleet in memory. First {@code perfload_host_up}, then a block a
 * measure; hosts that are offline have no values. Confined to one thread.
 */
final class HostMetrics implements TextBlocks {
  private static final int BLOCK = 32 << 10;
  private static final String UP = "perfload_host_up";

  private final byte[] before;
  private final List<HostState> hosts;
  private final Map<String, String> names;
  private final Iterator<Map.Entry<String, String>> metrics;
  private final Map<SetHash, Map<String, int[]>> columns = new HashMap<>();
  private Optional<Map.Entry<String, String>> metric = Optional.empty();
  private int nextHost;
  private boolean begun;

  /**
   * @param before goes first
   */
  HostMetrics(byte[] before, List<HostState> hosts) {
    this.before = before;
    this.hosts = hosts;
    this.names = names(hosts);
    this.metrics = names.entrySet().iterator();
  }

  @Override
  public Optional<byte[]> next() {
    if (!begun) {
      begun = true;
      return Optional.of(before);
    }
    var block = new StringBuilder(BLOCK + 1024);
    while (block.length() < BLOCK && (metric.isPresent() || metrics.hasNext())) {
      if (metric.isEmpty()) {
        metric = Optional.of(metrics.next());
        nextHost = 0;
        head(block, metric.orElseThrow());
      }
      if (nextHost < hosts.size()) {
        lines(block, metric.orElseThrow().getKey(), hosts.get(nextHost++));
      } else {
        metric = Optional.empty();
      }
    }
    return block.isEmpty()
        ? Optional.empty()
        : Optional.of(block.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** {@code cpu.utilization} is {@code perfload_cpu_utilization}. */
  static String nameOf(String measure) {
    return "perfload_" + measure.replace('.', '_');
  }

  /** Metric and help text, of every measure that some host has. */
  private static Map<String, String> names(List<HostState> hosts) {
    Map<String, String> known = new HashMap<>();
    Catalogue.entries()
        .forEach(entry -> known.put(nameOf(entry.measure().name()), entry.description()));
    Map<String, String> names = new TreeMap<>();
    names.put(UP, "Whether somebody speaks for the host.");
    Set<SetHash> seen = new HashSet<>();
    for (HostState host : hosts) {
      if (seen.add(host.set().hash())) {
        for (Series series : host.set().series()) {
          String name = nameOf(series.measure().name());
          if (!OwnMetrics.isOurs(name)) {
            names.putIfAbsent(name, known.getOrDefault(name, "Told by agents."));
          }
        }
      }
    }
    return names;
  }

  private static void head(StringBuilder out, Map.Entry<String, String> metric) {
    out.append("# HELP ").append(metric.getKey()).append(' ').append(metric.getValue());
    out.append("\n# TYPE ").append(metric.getKey()).append(" gauge\n");
  }

  private void lines(StringBuilder out, String name, HostState host) {
    boolean online = host.status() == HostState.Status.ONLINE;
    if (name.equals(UP)) {
      labels(out.append(name), host);
      out.append("} ").append(online ? 1 : 0).append('\n');
    }
    if (!online || host.last().isEmpty()) {
      return;
    }
    long[] values = host.last().orElseThrow().scaled();
    int[] matching =
        columns
            .computeIfAbsent(host.set().hash(), hash -> columnsOf(host.set()))
            .getOrDefault(name, new int[0]);
    for (int column : matching) {
      if (values[column] != Sample.ABSENT) {
        line(out, name, host, host.set().series().get(column), values[column]);
      }
    }
  }

  /**
   * The columns of each metric, an instance once: a set may have it twice with different units, and
   * {@code a.b_c} and {@code a_b.c} are one name here.
   */
  private static Map<String, int[]> columnsOf(SeriesSet set) {
    Map<String, Map<String, Integer>> byName = new HashMap<>();
    for (int column = 0; column < set.size(); column++) {
      Series series = set.series().get(column);
      String name = nameOf(series.measure().name());
      if (!name.equals(UP)) {
        byName
            .computeIfAbsent(name, fresh -> new TreeMap<>())
            .putIfAbsent(series.instance(), column);
      }
    }
    Map<String, int[]> columns = new HashMap<>();
    byName.forEach(
        (name, all) -> columns.put(name, all.values().stream().mapToInt(one -> one).toArray()));
    return columns;
  }

  private static void line(
      StringBuilder out, String name, HostState host, Series series, long scaled) {
    labels(out.append(name), host);
    out.append(",instance=\"");
    escaped(out, series.instance());
    out.append("\"} ");
    if (series.measure().decimals() == 0) {
      out.append(scaled);
    } else {
      out.append(series.measure().unscale(scaled));
    }
    out.append('\n');
  }

  private static void labels(StringBuilder out, HostState host) {
    out.append("{host=\"");
    escaped(out, host.profile().name());
    out.append("\",id=\"").append(host.profile().id()).append('"');
  }

  private static void escaped(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '"' -> out.append("\\\"");
        case '\n' -> out.append("\\n");
        default -> out.append(c);
      }
    }
  }
}
