// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import io.perfload.worker.fleet.HostState;

/** Writes what the live feed says. Stateless. */
final class LiveMessages {
  private LiveMessages() {}

  /** The time is the agent's, as in stored history: a chart joins the two without a seam. */
  static byte[] sample(HostId id, SeriesSet set, Sample sample) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("type", "sample");
          json.writeStringField("id", id.toString());
          json.writeNumberField("at", sample.takenAtMs());
          json.writeObjectFieldStart("values");
          LatestValues.writeAll(json, set, sample);
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  static byte[] host(HostState host) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("type", "host");
          json.writeFieldName("host");
          HostJson.writeWithFacts(json, host);
          json.writeEndObject();
        });
  }

  static byte[] door(DoorReport door, long atMs) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("type", "door");
          json.writeNumberField("at", atMs);
          DoorJson.writeFields(json, door);
          json.writeEndObject();
        });
  }

  static byte[] error(String message) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("type", "error");
          json.writeStringField("message", message);
          json.writeEndObject();
        });
  }
}
