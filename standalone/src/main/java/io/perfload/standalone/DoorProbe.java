// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.perfload.common.config.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Asks the door, as a browser would. */
record DoorProbe(HostPort door, Duration within) {
  private static final int MAX_BYTES = 1 << 20;

  /** The page's address. */
  String url() {
    return "http://" + CommandLines.reachable(door) + "/";
  }

  /** Whether somebody behind the door answers. Blocks. */
  boolean answers() {
    return get("v1.0/alive").isPresent();
  }

  /** Returns what stands at {@code path}; nothing unless the answer is 200. Blocks. */
  Optional<String> get(String path) {
    try {
      var connection =
          (HttpURLConnection) URI.create(url() + path).toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout((int) within.toMillis());
      connection.setReadTimeout((int) within.toMillis());
      connection.setRequestProperty("Connection", "close");
      try (InputStream body = connection.getInputStream()) {
        String text = new String(body.readNBytes(MAX_BYTES), UTF_8);
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK
            ? Optional.of(text)
            : Optional.empty();
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
