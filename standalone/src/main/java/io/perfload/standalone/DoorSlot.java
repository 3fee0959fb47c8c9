// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A worker, as {@code /api/v1/door} tells it. */
record DoorSlot(long slot, long pid, String state, long connections) {
  /** Reads the answer; JSON is YAML too. Returns nothing if it is something else. */
  static List<DoorSlot> read(String json) {
    try {
      Object answer = new Load(LoadSettings.builder().build()).loadFromString(json);
      return answer instanceof Map<?, ?> door && door.get("slots") instanceof List<?> slots
          ? slots.stream().flatMap(DoorSlot::of).toList()
          : List.of();
    } catch (YamlEngineException e) {
      return List.of();
    }
  }

  private static Stream<DoorSlot> of(Object slot) {
    return slot instanceof Map<?, ?> fields
            && fields.get("slot") instanceof Number number
            && fields.get("pid") instanceof Number pid
            && fields.get("connections") instanceof Number connections
        ? Stream.of(
            new DoorSlot(
                number.longValue(),
                pid.longValue(),
                Objects.toString(fields.get("state"), "unknown"),
                connections.longValue()))
        : Stream.empty();
  }
}
