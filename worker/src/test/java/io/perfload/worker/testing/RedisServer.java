// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real redis-server, from the PATH, on a free port of the loopback, nothing on disk. */
public final class RedisServer implements AutoCloseable {
  private static final String PASSWORD = "secret";

  private final int port;
  private Process process;

  private RedisServer(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  public static RedisServer start() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var server = new RedisServer(port, launch(port));
    server.awaitAnswer();
    return server;
  }

  public URI uri() {
    return URI.create("redis://default:" + PASSWORD + "@127.0.0.1:" + port + "/0");
  }

  /** Ends it the hard way. */
  public void kill() {
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Starts it again on the same port, empty. */
  public void restart() throws IOException {
    process = launch(port);
    awaitAnswer();
  }

  /** Stops it; connections stay, and nothing is answered. */
  public void pause() throws IOException {
    signal("STOP");
  }

  /** Lets it go on. */
  public void resume() throws IOException {
    signal("CONT");
  }

  private void signal(String name) throws IOException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
        .start()
        .onExit()
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  @Override
  public void close() {
    kill();
  }

  private void awaitAnswer() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(20))
        .until(this::answers);
  }

  private boolean answers() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static Process launch(int port) throws IOException {
    return new ProcessBuilder(
            "redis-server",
            "--port",
            String.valueOf(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--requirepass",
            PASSWORD)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
