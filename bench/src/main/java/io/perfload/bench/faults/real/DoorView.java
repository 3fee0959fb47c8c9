// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perfload.common.model.HostId;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What programs see through the door. Blocks, a minute at most. */
final class DoorView {
  private static final int PATIENCE_MS = 5_000;
  private static final int HISTORY_PATIENCE_MS = 60_000;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String base;

  DoorView(InetSocketAddress door) {
    base = "http://127.0.0.1:" + door.getPort();
  }

  /** Whether it answers and has all of its workers. */
  boolean isUp() {
    try {
      JsonNode slots = get("/api/v1/door").path("slots");
      int live = 0;
      for (JsonNode slot : slots) {
        live += slot.path("state").asText().equals("live") ? 1 : 0;
      }
      return live >= Stack.WORKERS;
    } catch (IOException e) {
      return false;
    }
  }

  /** When the last live sample of a host came, by its worker's clock; 0 if it is not online. */
  long lastSampleAtMs(HostId host) {
    try {
      JsonNode answer = get("/api/v1/hosts/" + host);
      boolean online = answer.path("status").asText().equals("online");
      return online ? answer.path("lastSampleAt").asLong() : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** What it says of itself and of {@code hosts}, for people. */
  String describe(List<HostId> hosts) {
    List<String> paths = new ArrayList<>(List.of("/api/v1/door"));
    hosts.forEach(host -> paths.add("/api/v1/hosts/" + host));
    List<String> lines = new ArrayList<>();
    for (String path : paths) {
      try {
        lines.add(path + ": " + get(path));
      } catch (IOException e) {
        lines.add(path + ": " + e);
      }
    }
    return String.join("; ", lines);
  }

  /** The history of one host, all series a host of ours can have. */
  JsonNode series(HostId host, long fromMs, long toMs, int points) throws IOException {
    return get(
        "/api/v1/hosts/"
            + host
            + "/series?measures=cpu.utilization,memory.used,process.count,network.receive:*,disk.read:*"
            + "&from="
            + fromMs
            + "&to="
            + toMs
            + "&points="
            + points,
        HISTORY_PATIENCE_MS);
  }

  /** A connection of its own each time: one that is there may lead to a worker that is stopped. */
  private JsonNode get(String path) throws IOException {
    return get(path, PATIENCE_MS);
  }

  private JsonNode get(String path, int patienceMs) throws IOException {
    var connection = (HttpURLConnection) URI.create(base + path).toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MS);
    connection.setReadTimeout(patienceMs);
    connection.setRequestProperty("Connection", "close");
    try {
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException(path + " was answered " + connection.getResponseCode());
      }
      return MAPPER.readTree(connection.getInputStream());
    } finally {
      connection.disconnect();
    }
  }
}
