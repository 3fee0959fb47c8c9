// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.perfload.common.wire.Preface;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A crowd that begins to speak, byte by byte, and never ends. */
final class Slowloris implements Fault {
  private static final int STRANGERS = 400;
  private static final int BYTES = 15;
  private static final int BYTE_EACH_MS = 200;
  private static final byte[] BROWSER =
      "GET / HTTP/1.1\r\nX-Slow: 1\r\nX-Slow: 2\r\n".getBytes(StandardCharsets.US_ASCII);

  private int came;

  @Override
  public void inject(Scene scene) throws IOException, InterruptedException {
    try (var crowd = new Crowd(scene.stack().door(), scene.random())) {
      came = crowd.connect(STRANGERS);
      for (int place = 0; place < BYTES; place++) {
        crowd.say(Preface.bytes(), BROWSER, place);
        TimeUnit.MILLISECONDS.sleep(BYTE_EACH_MS);
      }
    }
  }

  @Override
  public Duration lasts(Scene scene) {
    return Duration.ZERO;
  }

  @Override
  public void heal(Scene scene) {}

  @Override
  public boolean happened() {
    return came > STRANGERS / 2;
  }
}
