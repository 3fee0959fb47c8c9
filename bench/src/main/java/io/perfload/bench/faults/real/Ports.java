// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/**
 * Ports below those that the kernel gives to outgoing connections: a server that was killed finds
 * its own free again.
 */
final class Ports {
  private static final int FIRST = 12_000;
  private static final int LAST = 30_000;
  private static final int ATTEMPTS = 200;

  private Ports() {}

  /** One of the loopback address that nobody listens at. */
  static int free(RandomGenerator random) throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = random.nextInt(FIRST, LAST);
      try (var probe = new ServerSocket()) {
        probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return port;
      } catch (IOException e) {
        // taken
      }
    }
    throw new IOException("no port is free between " + FIRST + " and " + LAST);
  }
}
