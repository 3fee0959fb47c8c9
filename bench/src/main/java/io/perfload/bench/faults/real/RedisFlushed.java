// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Redis forgets everything. */
final class RedisFlushed implements Fault {
  private static final int PATIENCE_MS = 5_000;

  private boolean flushed;

  @Override
  public void inject(Scene scene) throws IOException {
    try (var socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.connect(scene.stack().redisAddress(), PATIENCE_MS);
      socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
      flushed = answer.equals("+OK");
    }
  }

  @Override
  public Duration lasts(Scene scene) {
    return Duration.ofMillis(scene.random().nextLong(500, 2_000));
  }

  @Override
  public void heal(Scene scene) {}

  @Override
  public boolean happened() {
    return flushed;
  }
}
