// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.perfload.common.Version;
import io.perfload.worker.history.RefusedChunk;
import io.perfload.worker.history.WriteCounts;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Writes {@code /v1.0/stats}. Stateless. */
final class StatsJson {
  private StatsJson() {}

  static void write(JsonGenerator json, ApiParts parts, LiveHub live, ApiPool pool)
      throws IOException {
    WorkerStats stats = parts.stats().get();
    WriteCounts writes = parts.writes().get();
    long now = parts.clock().millis();
    json.writeStartObject();
    json.writeStringField("name", "perfload");
    json.writeStringField("version", Version.current());
    json.writeObjectFieldStart("answeredBy");
    json.writeStringField("node", stats.node());
    if (stats.slot().isPresent()) {
      json.writeNumberField("slot", stats.slot().getAsInt());
    } else {
      json.writeNullField("slot");
    }
    json.writeNumberField("pid", ProcessHandle.current().pid());
    json.writeEndObject();
    json.writeNumberField("at", now);
    json.writeNumberField("startedAt", stats.startedAtMs());
    json.writeNumberField("uptimeMs", Math.max(0, now - stats.startedAtMs()));
    json.writeObjectFieldStart("options");
    for (Map.Entry<String, String> option : new TreeMap<>(stats.options()).entrySet()) {
      json.writeStringField(option.getKey(), option.getValue());
    }
    json.writeEndObject();
    json.writeNumberField("connections", stats.connections());
    json.writeNumberField("sessions", stats.sessions());
    json.writeObjectFieldStart("live");
    json.writeNumberField("connections", live.connections());
    json.writeNumberField("dropped", live.dropped());
    json.writeEndObject();
    json.writeObjectFieldStart("requests");
    json.writeNumberField("turnedAway", pool.turnedAway());
    json.writeEndObject();
    writeQueue(json, writes);
    writeChunks(json, writes);
    json.writeObjectFieldStart("gaps");
    json.writeNumberField("written", writes.gaps());
    json.writeNumberField("overflown", writes.gapsOverflown());
    json.writeEndObject();
    counts(json, "refused", parts.refusals().counts());
    writeMemory(json);
    json.writeEndObject();
  }

  private static void writeQueue(JsonGenerator json, WriteCounts writes) throws IOException {
    json.writeObjectFieldStart("writeQueue");
    json.writeNumberField("capacity", writes.capacityChunks());
    json.writeNumberField("used", writes.pendingChunks());
    json.writeNumberField("highWater", writes.highWaterChunks());
    json.writeNumberField("capacityBytes", writes.capacityBytes());
    json.writeNumberField("usedBytes", writes.pendingBytes());
    json.writeNumberField("highWaterBytes", writes.highWaterBytes());
    json.writeNumberField("blocked", writes.blocked());
    json.writeEndObject();
  }

  private static void writeChunks(JsonGenerator json, WriteCounts writes) throws IOException {
    json.writeObjectFieldStart("chunks");
    json.writeNumberField("written", writes.written());
    json.writeNumberField("inserted", writes.inserted());
    json.writeNumberField("repeated", writes.repeated());
    json.writeNumberField("merged", writes.merged());
    json.writeNumberField("pending", writes.pendingChunks());
    json.writeNumberField("refused", writes.refusedInAll());
    counts(json, "refusedBy", writes.refused());
    json.writeArrayFieldStart("lastRefused");
    for (RefusedChunk refused : writes.lastRefused()) {
      json.writeStartObject();
      json.writeStringField("host", refused.id().host().toString());
      json.writeNumberField("from", refused.id().startMs());
      json.writeNumberField("at", refused.atMs());
      json.writeStringField("reason", refused.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("races", writes.races());
    json.writeNumberField("unreadable", writes.unreadable());
    json.writeNumberField("failures", writes.failures());
    json.writeNumberField("swept", writes.swept());
    json.writeEndObject();
  }

  private static void writeMemory(JsonGenerator json) throws IOException {
    Runtime runtime = Runtime.getRuntime();
    json.writeObjectFieldStart("memory");
    json.writeNumberField("used", runtime.totalMemory() - runtime.freeMemory());
    json.writeNumberField("committed", runtime.totalMemory());
    json.writeNumberField("max", runtime.maxMemory());
    json.writeEndObject();
  }

  private static void counts(JsonGenerator json, String name, Map<String, Long> counts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> count : new TreeMap<>(counts).entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }
}
