// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.perfload.common.control.DoorCounters;
import io.perfload.common.model.SpoolReport;
import io.perfload.worker.fleet.HostState;
import io.perfload.worker.history.WriteCounts;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** How this worker is, for Prometheus. Any thread. */
final class OwnMetrics {
  /** What our own metrics begin with; no host's measure is written under such a name. */
  static final String PREFIX = "perfload_worker_";

  /** What the metrics of the door begin with; the same holds. */
  static final String DOOR_PREFIX = "perfload_door_";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ApiParts parts;

  OwnMetrics(ApiParts parts, LiveHub live, ApiPool pool) {
    this.parts = parts;
    gauge("uptime_seconds", "Time since the start.", this::uptime);
    gauge("connections", "Open connections.", own -> own.parts.stats().get().connections());
    gauge("sessions", "Connections of agents.", own -> own.parts.stats().get().sessions());
    gauge("live_connections", "Live connections of browsers.", own -> live.connections());
    counter("live_dropped", "Live messages left out for slow readers.", own -> live.dropped());
    counter("requests_turned_away", "Requests answered 503.", own -> pool.turnedAway());
    write("write_queue_chunks", "Chunks on their way to the store.", WriteCounts::pendingChunks);
    write("write_queue_bytes", "Bytes on their way to the store.", WriteCounts::pendingBytes);
    write("write_queue_capacity_chunks", "Chunks that fit.", WriteCounts::capacityChunks);
    write("write_queue_high_water_chunks", "Most there ever were.", WriteCounts::highWaterChunks);
    written("write_queue_blocked", "Offers that found the queue full.", WriteCounts::blocked);
    written("chunks_inserted", "Chunks that were new.", WriteCounts::inserted);
    written("chunks_repeated", "Chunks that were there already.", WriteCounts::repeated);
    written("chunks_merged", "Chunks made one with what was there.", WriteCounts::merged);
    written("chunks_races", "Replacements another worker was faster with.", WriteCounts::races);
    written("chunks_unreadable", "Stored chunks replaced as unreadable.", WriteCounts::unreadable);
    written("chunks_swept", "Expired chunks deleted.", WriteCounts::swept);
    written("gaps_stored", "Gaps brought into the store.", WriteCounts::gaps);
    written(
        "gaps_overflown", "Gaps of hosts with too many newer ones.", WriteCounts::gapsOverflown);
    written("store_failures", "Batches that had to wait for the store.", WriteCounts::failures);
    counter(
        "history_unreadable",
        "Stored chunks left out of answers.",
        own -> own.parts.reader().unreadable());
    gauge("memory_used_bytes", "Heap in use.", own -> heapUsed());
    gauge("memory_max_bytes", "Heap there may be.", own -> Runtime.getRuntime().maxMemory());
    door();
    CounterWithCallback.builder()
        .name(PREFIX + "refused")
        .help("What bad peers did, by reason.")
        .labelNames("reason")
        .callback(out -> parts.refusals().counts().forEach((why, count) -> out.call(count, why)))
        .register(registry);
    CounterWithCallback.builder()
        .name(PREFIX + "chunks_refused")
        .help("Chunks that can never be stored, by reason.")
        .labelNames("reason")
        .callback(
            out -> parts.writes().get().refused().forEach((why, count) -> out.call(count, why)))
        .register(registry);
    GaugeWithCallback.builder()
        .name(PREFIX + "hosts_by_spool")
        .help("Online hosts by the state of their agent's spool.")
        .labelNames("state")
        .callback(out -> spools().forEach((state, hosts) -> out.call(hosts, state.label())))
        .register(registry);
  }

  private void door() {
    CounterWithCallback.builder()
        .name(DOOR_PREFIX + "connections")
        .help("What became of the connections that this node's door accepted.")
        .labelNames("outcome")
        .callback(
            out -> {
              DoorCounters door = parts.door().get().counters();
              out.call((double) door.adopted(), "adopted");
              out.call((double) door.dead(), "dead");
              out.call((double) door.refused(), "refused");
              out.call((double) door.limited(), "limited");
              out.call((double) door.severed(), "severed");
            })
        .register(registry);
    door("accepted", "Connections that this node's door accepted.", DoorCounters::accepted);
    door("rerouted", "Connections sent to a second worker.", DoorCounters::rerouted);
    door("not_taken", "Answers of workers without room.", DoorCounters::notTaken);
    door("paused", "How often the listener was not read.", DoorCounters::paused);
    door("forgotten", "Addresses whose rate was forgotten.", DoorCounters::forgotten);
    GaugeWithCallback.builder()
        .name(DOOR_PREFIX + "queued")
        .help("Connections accepted and not yet answered by a worker.")
        .callback(out -> out.call((double) parts.door().get().counters().queued()))
        .register(registry);
  }

  private void door(String name, String help, ToLongFunction<DoorCounters> value) {
    CounterWithCallback.builder()
        .name(DOOR_PREFIX + name)
        .help(help)
        .callback(out -> out.call((double) value.applyAsLong(parts.door().get().counters())))
        .register(registry);
  }

  byte[] text() {
    var out = new ByteArrayOutputStream(8 << 10);
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private Map<SpoolReport.State, Integer> spools() {
    Map<SpoolReport.State, Integer> hosts = new EnumMap<>(SpoolReport.State.class);
    for (SpoolReport.State state : SpoolReport.State.values()) {
      hosts.put(state, 0);
    }
    for (HostState host : parts.fleet().all()) {
      if (host.status() == HostState.Status.ONLINE) {
        host.spool().ifPresent(spool -> hosts.merge(spool.state(), 1, Integer::sum));
      }
    }
    return hosts;
  }

  /** Whether {@code name} is kept for what workers and doors say of themselves. */
  static boolean isOurs(String name) {
    return name.startsWith(PREFIX) || name.startsWith(DOOR_PREFIX);
  }

  private double uptime(OwnMetrics own) {
    return (parts.clock().millis() - parts.stats().get().startedAtMs()) / 1e3;
  }

  private void write(String name, String help, ToDoubleFunction<WriteCounts> value) {
    gauge(name, help, own -> value.applyAsDouble(own.parts.writes().get()));
  }

  private void written(String name, String help, ToDoubleFunction<WriteCounts> value) {
    counter(name, help, own -> value.applyAsDouble(own.parts.writes().get()));
  }

  private void gauge(String name, String help, ToDoubleFunction<OwnMetrics> value) {
    GaugeWithCallback.builder()
        .name(PREFIX + name)
        .help(help)
        .callback(out -> out.call(value.applyAsDouble(this)))
        .register(registry);
  }

  private void counter(String name, String help, ToDoubleFunction<OwnMetrics> value) {
    CounterWithCallback.builder()
        .name(PREFIX + name)
        .help(help)
        .callback(out -> out.call(value.applyAsDouble(this)))
        .register(registry);
  }

  private static double heapUsed() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
