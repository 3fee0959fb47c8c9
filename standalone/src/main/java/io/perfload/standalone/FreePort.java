// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * Picks ports for the embedded stores, which must come back at the same port after they died. So
 * the port is not one of those that the kernel gives to outgoing connections: one of them could
 * take it meanwhile, and a client that tries again and again to connect to such a port on loopback
 * would in the end be connected to itself.
 */
final class FreePort {
  private static final int LOWEST = 10_000;
  private static final int USUAL_END = 32_768;
  private static final int TRIES = 200;

  private final RandomGenerator random;
  private final int end;

  /** Picks below the kernel's own range. */
  FreePort(RandomGenerator random) {
    this.random = random;
    this.end = outgoingStart();
  }

  /** Returns a port that was free on loopback just now. */
  int pick() throws UpFailed {
    for (int i = 0; i < TRIES; i++) {
      int port = random.nextInt(LOWEST, end);
      if (isFree(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
        return port;
      }
    }
    throw new UpFailed("No free port on loopback between " + LOWEST + " and " + end + ".");
  }

  /** Whether somebody could listen there now. */
  static boolean isFree(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int outgoingStart() {
    try {
      String range = Files.readString(Path.of("/proc/sys/net/ipv4/ip_local_port_range"));
      int start = Integer.parseInt(range.strip().split("\\s+", -1)[0]);
      return start > LOWEST + TRIES ? start : USUAL_END;
    } catch (IOException | NumberFormatException e) {
      return USUAL_END;
    }
  }
}
