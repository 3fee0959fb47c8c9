// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.perfload.common.control.DoorCounters;
import java.io.IOException;

/** Writes the door. Stateless. */
final class DoorJson {
  private DoorJson() {}

  static void writeFields(JsonGenerator json, DoorReport door) throws IOException {
    json.writeStringField("node", door.node());
    DoorCounters counters = door.counters();
    json.writeNumberField("accepted", counters.accepted());
    json.writeNumberField("refused", counters.refused());
    json.writeNumberField("limited", counters.limited());
    json.writeNumberField("forgotten", counters.forgotten());
    json.writeNumberField("queued", counters.queued());
    json.writeNumberField("adopted", counters.adopted());
    json.writeNumberField("dead", counters.dead());
    json.writeNumberField("severed", counters.severed());
    json.writeNumberField("rerouted", counters.rerouted());
    json.writeNumberField("notTaken", counters.notTaken());
    json.writeNumberField("paused", counters.paused());
    json.writeArrayFieldStart("slots");
    for (DoorReport.Slot slot : door.slots()) {
      json.writeStartObject();
      json.writeNumberField("slot", slot.slot());
      if (slot.pid() > 0) {
        json.writeNumberField("pid", slot.pid());
      } else {
        json.writeNullField("pid");
      }
      json.writeStringField("state", slot.state());
      json.writeNumberField("connections", slot.connections());
      json.writeNumberField("adopted", slot.adopted());
      json.writeNumberField("restarts", slot.restarts());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
