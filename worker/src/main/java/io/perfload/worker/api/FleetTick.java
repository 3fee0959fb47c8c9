// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.perfload.common.model.HostId;
import io.perfload.worker.fleet.HostState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fleet of one second, as its watchers want it: each order is made once, each row is written
 * once, and the same window is the same bytes. Confined to one thread.
 */
final class FleetTick {
  private final List<HostState> hosts;
  private final long atMs;
  private final Map<FleetQuery, FleetList> lists = new HashMap<>();
  private final Map<FleetWindow, byte[]> messages = new HashMap<>();
  private final Map<HostId, byte[]> rows = new HashMap<>();

  FleetTick(List<HostState> hosts, long atMs) {
    this.hosts = hosts;
    this.atMs = atMs;
  }

  byte[] message(FleetWindow window) {
    return messages.computeIfAbsent(window, this::write);
  }

  /** How many orders were made. */
  int orders() {
    return lists.size();
  }

  private byte[] write(FleetWindow window) {
    FleetList list = lists.computeIfAbsent(window.query(), query -> FleetList.of(hosts, query));
    byte[] head =
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringField("type", "fleet");
              json.writeNumberField("total", list.total());
              json.writeNumberField("online", list.online());
              json.writeNumberField("offline", list.offline());
              json.writeNumberField("at", atMs);
              json.writeNumberField("offset", window.offset());
              json.writeEndObject();
            });
    var message = new ByteArrayOutputStream(1024);
    message.write(head, 0, head.length - 1);
    message.writeBytes(",\"rows\":[".getBytes(StandardCharsets.US_ASCII));
    boolean first = true;
    for (HostState host : list.rows(window.offset(), window.limit())) {
      if (!first) {
        message.write(',');
      }
      first = false;
      message.writeBytes(
          rows.computeIfAbsent(
              host.profile().id(), id -> Json.bytes(json -> HostJson.write(json, host))));
    }
    message.write(']');
    message.write('}');
    return message.toByteArray();
  }
}
