// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import io.perfload.bench.process.Child;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Waits until somebody answers the very request that the load will send. */
final class AliveProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int ANSWER_WITHIN_MS = 2000;
  private static final long POLL_MS = 50;
  private static final String REQUEST =
      "GET /v1.0/alive HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n";

  private AliveProbe() {}

  /**
   * Blocks until {@code address} answers with 2xx and no body.
   *
   * @param children who must keep running meanwhile
   * @throws IOException when one of them ends, nobody answers in 30 s, or the answer has a body
   */
  static void await(InetSocketAddress address, List<Child> children)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      for (Child child : children) {
        child.check();
      }
      try {
        check(answer(address));
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw new IOException("nobody answers at " + Addresses.text(address), e);
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      }
    }
  }

  private static String answer(InetSocketAddress address) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(address, ANSWER_WITHIN_MS);
      socket.setSoTimeout(ANSWER_WITHIN_MS);
      socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static void check(String answer) throws IOException {
    boolean fine = answer.startsWith("HTTP/1.1 2") && answer.endsWith("\r\n\r\n");
    if (!fine) {
      throw new IOException("GET /v1.0/alive was answered with: " + answer);
    }
  }
}
