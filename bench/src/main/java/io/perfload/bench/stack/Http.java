// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a server of this machine, from any address of it: the address decides who answers. */
public record Http(InetSocketAddress server) {
  private static final int CONNECT_WITHIN_MS = 5_000;
  private static final int ANSWER_WITHIN_MS = 30_000;
  private static final String END_OF_HEAD = "\r\n\r\n";

  /**
   * Returns the body of what {@code path} is answered with. Blocks.
   *
   * @throws IOException when nobody answers, or not with 200
   */
  public byte[] get(InetAddress from, String path) throws IOException {
    try (var socket = new Socket()) {
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(server, CONNECT_WITHIN_MS);
      socket.setSoTimeout(ANSWER_WITHIN_MS);
      String request = "GET " + path + " HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return body(path, socket.getInputStream().readAllBytes());
    }
  }

  private static byte[] body(String path, byte[] answer) throws IOException {
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    int end = text.indexOf(END_OF_HEAD);
    if (end < 0 || !text.startsWith("HTTP/1.1 200 ")) {
      String first = text.lines().findFirst().orElse("nothing");
      throw new IOException("GET " + path + " was answered with: " + first);
    }
    byte[] body = new byte[answer.length - end - END_OF_HEAD.length()];
    System.arraycopy(answer, answer.length - body.length, body, 0, body.length);
    return body;
  }
}
