// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port of the loopback address that nobody listens at. */
public final class FreePort {
  private FreePort() {}

  /** Asks the kernel for one; whoever is to listen there should do so soon. */
  public static InetSocketAddress onLoopback() throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new InetSocketAddress(probe.getInetAddress(), probe.getLocalPort());
    }
  }
}
