// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.perfload.common.model.HostFacts;
import io.perfload.common.model.SpoolReport;
import io.perfload.worker.fleet.HostState;
import java.io.IOException;
import java.util.Map;

/** Writes hosts. Stateless. */
final class HostJson {
  private HostJson() {}

  static void write(JsonGenerator json, HostState host) throws IOException {
    json.writeStartObject();
    writeFields(json, host);
    json.writeEndObject();
  }

  static void writeWithFacts(JsonGenerator json, HostState host) throws IOException {
    json.writeStartObject();
    writeFields(json, host);
    writeFacts(json, host.profile().facts());
    json.writeEndObject();
  }

  private static void writeFields(JsonGenerator json, HostState host) throws IOException {
    json.writeStringField("id", host.profile().id().toString());
    json.writeStringField("name", host.profile().name());
    json.writeObjectFieldStart("labels");
    for (Map.Entry<String, String> label : host.profile().labels().entrySet()) {
      json.writeStringField(label.getKey(), label.getValue());
    }
    json.writeEndObject();
    json.writeStringField(
        "status", host.status() == HostState.Status.ONLINE ? "online" : "offline");
    if (host.stale()) {
      json.writeBooleanField("stale", true);
    }
    json.writeNumberField("since", host.sinceMs());
    json.writeStringField("address", host.address());
    json.writeStringField("node", host.node());
    json.writeNumberField("slot", host.slot());
    orNull(json, "lastSampleAt", host.lastSampleAtMs(), host.lastSampleAtMs() > 0);
    orNull(json, "rttMs", host.rttMs(), host.rttMs() >= 0);
    orNull(json, "clockOffsetMs", host.clockOffsetMs(), host.rttMs() >= 0);
    if (host.spool().isPresent()) {
      SpoolReport spool = host.spool().orElseThrow();
      json.writeObjectFieldStart("spool");
      json.writeStringField("state", spool.state().label());
      json.writeNumberField("pending", spool.pendingChunks());
      json.writeNumberField("bytes", spool.bytes());
      json.writeEndObject();
    }
    json.writeObjectFieldStart("latest");
    LatestValues.writeTotals(json, host);
    json.writeEndObject();
  }

  private static void writeFacts(JsonGenerator json, HostFacts facts) throws IOException {
    json.writeObjectFieldStart("facts");
    json.writeObjectFieldStart("os");
    json.writeStringField("type", facts.os().type());
    json.writeStringField("name", facts.os().name());
    json.writeStringField("version", facts.os().version());
    json.writeStringField("arch", facts.os().arch());
    json.writeEndObject();
    json.writeObjectFieldStart("cpu");
    json.writeStringField("model", facts.cpu().model());
    json.writeNumberField("physicalCores", facts.cpu().physicalCores());
    json.writeNumberField("logicalCores", facts.cpu().logicalCores());
    json.writeNumberField("clockHz", facts.cpu().clockHz());
    json.writeEndObject();
    json.writeObjectFieldStart("memory");
    json.writeNumberField("total", facts.memoryTotal());
    json.writeEndObject();
    json.writeNumberField("bootedAt", facts.bootedAtMs());
    json.writeObjectFieldStart("agent");
    json.writeStringField("version", facts.agentVersion());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void orNull(JsonGenerator json, String field, long value, boolean known)
      throws IOException {
    if (known) {
      json.writeNumberField(field, value);
    } else {
      json.writeNullField(field);
    }
  }
}
