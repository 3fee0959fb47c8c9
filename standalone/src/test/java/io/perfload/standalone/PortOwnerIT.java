// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PortOwnerIT {
  private final PortOwner owner = new PortOwner(Path.of("/proc"));

  @Test
  void namesWhoListens() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(owner.of(socket.getLocalPort()))
          .hasValueSatisfying(
              who -> assertThat(who).contains("(pid " + ProcessHandle.current().pid() + ")"));
      assertThat(owner.isTaken(socket.getLocalPort())).isTrue();
      assertThat(
              FreePort.isFree(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort())))
          .isFalse();
    }
  }

  @Test
  void aPickedPortIsFreeAndNotOneThatOutgoingConnectionsGet() throws Exception {
    int port = new FreePort(new Random(1)).pick();

    assertThat(port).isBetween(10_000, 32_768);
    assertThat(owner.of(port)).isEmpty();
    assertThat(owner.isTaken(port)).isFalse();
  }
}
