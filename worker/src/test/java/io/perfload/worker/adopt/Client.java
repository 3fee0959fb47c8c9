// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

/** A connection to an {@link EchoWorker}, from an address of one's choice in 127/8. */
final class Client implements AutoCloseable {
  private static final int PID = 4;

  private final Socket socket = new Socket();

  private Client() {}

  static Client connect(int port, InetAddress from) throws IOException {
    var client = new Client();
    try {
      client.socket.setReuseAddress(true);
      client.socket.bind(new InetSocketAddress(from, 0));
      client.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
      client.socket.setTcpNoDelay(true);
      return client;
    } catch (IOException e) {
      client.socket.close();
      throw e;
    }
  }

  static Client connect(int port) throws IOException {
    return connect(port, InetAddress.getLoopbackAddress());
  }

  /** The {@code n}th of many addresses all over 127/8. */
  static InetAddress address(int n) {
    int host = 1 + (int) ((n * 2_654_435_761L & 0xFFFF_FFFFL) % 0xFF_FFFDL);
    try {
      return InetAddress.getByAddress(
          new byte[] {127, (byte) (host >> 16), (byte) (host >> 8), (byte) host});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  void say() throws IOException {
    socket.getOutputStream().write(7);
  }

  /** Returns the pid of the worker that answers. */
  long hear(Duration within) throws IOException {
    socket.setSoTimeout((int) within.toMillis());
    byte[] answer = new byte[PID + 1];
    new DataInputStream(socket.getInputStream()).readFully(answer);
    if (answer[PID] != 7) {
      throw new IOException("echo: " + answer[PID]);
    }
    return java.nio.ByteBuffer.wrap(answer).getInt();
  }

  long ask() throws IOException {
    say();
    return hear(Duration.ofSeconds(20));
  }

  /** Whether the other end has closed the connection; nothing may be under way. */
  boolean isCut() throws IOException {
    socket.setSoTimeout(1);
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  /** As the worker sees it. */
  String name() {
    return socket.getLocalAddress() + ":" + socket.getLocalPort();
  }

  /** Ends the connection with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
