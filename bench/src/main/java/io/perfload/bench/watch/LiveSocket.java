// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.watch;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** A WebSocket on the live feed, as a browser has one: blocking, text only. One reader. */
final class LiveSocket implements AutoCloseable {
  private static final int CONNECT_WITHIN_MS = 5_000;
  private static final int MAX_MESSAGE = 16 << 20;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final OutputStream out;

  /** Connects from an address of this machine and shakes hands. */
  LiveSocket(InetSocketAddress server, InetAddress from) throws IOException {
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(server, CONNECT_WITHIN_MS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    out = socket.getOutputStream();
    shakeHands();
  }

  /** Says something. */
  void say(String text) throws IOException {
    send(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Waits for the next message. */
  byte[] next() throws IOException {
    while (true) {
      int kind = in.readUnsignedByte() & 0x0f;
      byte[] payload = payload();
      switch (kind) {
        case TEXT -> {
          return payload;
        }
        case PING -> send(PONG, payload);
        case CLOSE -> throw new IOException("the server closed the live feed");
        default -> {}
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void shakeHands() throws IOException {
    byte[] nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    String request =
        "GET /api/v1/live HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
            + Base64.getEncoder().encodeToString(nonce)
            + "\r\n\r\n";
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    if (!head.toString().startsWith("HTTP/1.1 101 ")) {
      throw new IOException("the live feed answered: " + head.substring(0, head.indexOf("\r\n")));
    }
  }

  private byte[] payload() throws IOException {
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    if (length < 0 || length > MAX_MESSAGE) {
      throw new IOException("a message of " + length + " bytes");
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    return payload;
  }

  /** What a browser says is masked; all zeros are a mask. */
  private synchronized void send(int kind, byte[] payload) throws IOException {
    if (payload.length > 125) {
      throw new IllegalArgumentException("payload: " + payload.length + " (expected: <= 125)");
    }
    byte[] frame = new byte[6 + payload.length];
    frame[0] = (byte) (0x80 | kind);
    frame[1] = (byte) (0x80 | payload.length);
    System.arraycopy(payload, 0, frame, 6, payload.length);
    out.write(frame);
    out.flush();
  }
}
