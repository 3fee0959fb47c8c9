// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** Asks a Redis whether it answers, with the password it was given and nothing but the JDK. */
public final class RedisPing {
  private static final int USUAL_PORT = 6379;

  private final URI uri;

  /**
   * Will ask at {@code uri}.
   *
   * @param uri {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss} for TLS
   */
  public RedisPing(URI uri) {
    this.uri = uri;
  }

  /** Returns what is wrong, for people and without the password; nothing if it answers. Blocks. */
  public Optional<String> ask(Duration within) {
    try (Socket socket = connect((int) within.toMillis())) {
      return ask(socket);
    } catch (IOException e) {
      return Optional.of("Redis does not answer at " + place() + ": " + reason(e));
    }
  }

  /** Where it is, without the password. */
  public String place() {
    return uri.getHost() + ":" + port();
  }

  private Optional<String> ask(Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    Optional<String[]> credentials = credentials();
    if (credentials.isPresent()) {
      String answer = say(credentials.get(), out, in);
      if (!answer.startsWith("+")) {
        return Optional.of("Redis at " + place() + " refuses the password");
      }
    }
    String answer = say(new String[] {"PING"}, out, in);
    if (answer.startsWith("-NOAUTH")) {
      return Optional.of("Redis at " + place() + " wants a password: redis://:PASSWORD@" + place());
    }
    return answer.equals("+PONG")
        ? Optional.empty()
        : Optional.of("What answers at " + place() + " is no Redis, or not ready: " + answer);
  }

  private Socket connect(int millis) throws IOException {
    String host = Optional.ofNullable(uri.getHost()).orElseThrow(() -> new IOException("no host"));
    Socket socket =
        "rediss".equals(uri.getScheme())
            ? SSLSocketFactory.getDefault().createSocket()
            : new Socket();
    try {
      socket.setSoTimeout(millis);
      socket.connect(new InetSocketAddress(host, port()), millis);
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private int port() {
    return uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
  }

  private Optional<String[]> credentials() {
    return Optional.ofNullable(uri.getRawUserInfo())
        .map(info -> info.split(":", 2))
        .filter(parts -> parts.length == 2)
        .map(
            parts ->
                parts[0].isEmpty()
                    ? new String[] {"AUTH", decoded(parts[1])}
                    : new String[] {"AUTH", decoded(parts[0]), decoded(parts[1])});
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  private static String say(String[] words, OutputStream out, BufferedReader in)
      throws IOException {
    var request = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      request.append('$').append(word.getBytes(UTF_8).length).append("\r\n");
      request.append(word).append("\r\n");
    }
    out.write(request.toString().getBytes(UTF_8));
    out.flush();
    return Optional.ofNullable(in.readLine()).orElseThrow(() -> new IOException("it hung up"));
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
