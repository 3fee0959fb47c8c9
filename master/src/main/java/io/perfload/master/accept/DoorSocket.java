// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.accept;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Makes the listening socket: a new one, or one that workers kept of an earlier master. */
public final class DoorSocket {
  private DoorSocket() {}

  /**
   * Binds and listens.
   *
   * @throws IOException {@link Errno#EADDRINUSE} if somebody listens there
   */
  public static Socket bind(InetSocketAddress address, int backlog) throws IOException {
    Epoll.ensureAvailability();
    Socket socket = Socket.newSocketStream();
    try {
      socket.setReuseAddress(true);
      socket.bind(address);
      socket.listen(backlog);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Wraps a descriptor that a worker gave back, and sets its backlog anew.
   *
   * @throws IOException if it does not listen at {@code expected}; it is closed then
   */
  public static Socket adopt(int fd, InetSocketAddress expected, int backlog) throws IOException {
    Epoll.ensureAvailability();
    Socket socket = new Socket(fd);
    @Nullable InetSocketAddress actual = socket.localAddress();
    if (actual == null || !same(expected, actual)) {
      socket.close();
      throw new IOException("a socket for " + actual + " (expected: " + expected + ")");
    }
    socket.listen(backlog);
    return socket;
  }

  /** Where the kernel knows IPv6, both wildcards are bound as the one of IPv6. */
  private static boolean same(InetSocketAddress expected, InetSocketAddress actual) {
    boolean wildcards =
        expected.getAddress().isAnyLocalAddress() && actual.getAddress().isAnyLocalAddress();
    return expected.getPort() == actual.getPort()
        && (wildcards || expected.getAddress().equals(actual.getAddress()));
  }
}
