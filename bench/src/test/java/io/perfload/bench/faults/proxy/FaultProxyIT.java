// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyIT {
  private static final int SOON_MS = 10_000;
  private static final int SHORTLY_MS = 300;

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final StringBuffer tapped = new StringBuffer();
  private ServerSocket server;
  private FaultProxy proxy;
  private Socket client;
  private Socket accepted;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    proxy =
        new FaultProxy(
            loops,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            (InetSocketAddress) server.getLocalSocketAddress(),
            InetAddress.getByName("127.1.2.3"),
            Listening::new);
    client = new Socket();
    client.connect(proxy.address());
    client.setSoTimeout(SOON_MS);
    accepted = server.accept();
    accepted.setSoTimeout(SOON_MS);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    accepted.close();
    proxy.close();
    server.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @Test
  void passesBothWaysOnFromTheAddressItWasGiven() throws IOException {
    say(client, "hello");
    say(accepted, "welcome");

    assertThat(hear(accepted, 5)).isEqualTo("hello");
    assertThat(hear(client, 7)).isEqualTo("welcome");
    assertThat(accepted.getInetAddress().getHostAddress()).isEqualTo("127.1.2.3");
    assertThat(tapped.toString()).contains("hello", "welcome");
  }

  @Test
  void passesOnThatOneSideHasFinishedAndStillCarriesTheOther() throws IOException {
    say(client, "done");
    client.shutdownOutput();

    assertThat(hear(accepted, 4)).isEqualTo("done");
    assertThat(accepted.getInputStream().read()).isEqualTo(-1);
    say(accepted, "answer");
    assertThat(hear(client, 6)).isEqualTo("answer");
  }

  @Test
  void delaysAndKeepsTheOrder() throws IOException {
    proxy.set(new Weather(Weather.Kind.DELAY, 60, 1));

    for (int i = 0; i < 10; i++) {
      say(client, Integer.toString(i));
    }

    assertThat(hear(accepted, 10)).isEqualTo("0123456789");
    assertThat(proxy.counts().disturbed()).isPositive();
  }

  @Test
  void sendsByteByByte() throws IOException {
    proxy.set(new Weather(Weather.Kind.TRICKLE, 1, 1));

    say(client, "abcdef".repeat(100));

    assertThat(hear(accepted, 600)).isEqualTo("abcdef".repeat(100));
    assertThat(proxy.counts().disturbed()).isEqualTo(600);
  }

  @Test
  void cutsInTheMiddle() throws IOException {
    proxy.set(new Weather(Weather.Kind.CUT, 50, 1));

    say(client, "x".repeat(200));

    assertThat(accepted.getInputStream().readAllBytes().length).isBetween(1, 50);
    assertThat(proxy.counts().disturbed()).isEqualTo(1);
    await().until(() -> proxy.connections() == 0);
  }

  @Test
  void resetsBothSides() throws IOException {
    proxy.set(new Weather(Weather.Kind.RESET, 50, 1));

    say(client, "x".repeat(200));

    assertThatThrownBy(() -> accepted.getInputStream().readAllBytes())
        .isInstanceOf(SocketException.class);
    assertThatThrownBy(() -> client.getInputStream().readAllBytes())
        .isInstanceOf(SocketException.class);
  }

  @Test
  void tellsOneSideOnlyThatTheOtherHasFinished() throws IOException {
    proxy.set(new Weather(Weather.Kind.HALF_CLOSE, 50, 1));

    say(client, "x".repeat(200));

    assertThat(accepted.getInputStream().readAllBytes().length).isBetween(1, 50);
    say(client, "into the void");
    proxy.set(Weather.CALM);
    say(accepted, "still here");
    assertThat(hear(client, 10)).isEqualTo("still here");
  }

  @Test
  void holdsEverythingBackUntilThePartitionEnds() throws IOException {
    proxy.set(new Weather(Weather.Kind.PARTITION, 1, 1));
    say(client, "late");
    try (var second = new Socket()) {
      second.connect(proxy.address());
      say(second, "new");

      accepted.setSoTimeout(SHORTLY_MS);
      assertThatThrownBy(() -> hear(accepted, 4)).isInstanceOf(SocketTimeoutException.class);
      server.setSoTimeout(SHORTLY_MS);
      assertThatThrownBy(() -> server.accept()).isInstanceOf(SocketTimeoutException.class);

      proxy.set(Weather.CALM);
      accepted.setSoTimeout(SOON_MS);
      server.setSoTimeout(SOON_MS);
      assertThat(hear(accepted, 4)).isEqualTo("late");
      try (Socket other = server.accept()) {
        other.setSoTimeout(SOON_MS);
        assertThat(hear(other, 3)).isEqualTo("new");
      }
    }
  }

  @Test
  void nobodyBehindItIsAReset() throws IOException {
    server.close();
    try (var second = new Socket()) {
      second.connect(proxy.address());
      second.setSoTimeout(SOON_MS);

      assertThatThrownBy(() -> second.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class);
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String hear(Socket socket, int bytes) throws IOException {
    byte[] heard = socket.getInputStream().readNBytes(bytes);
    return new String(heard, StandardCharsets.US_ASCII);
  }

  private final class Listening implements Tap {
    @Override
    public void fromClient(ByteBuf bytes) {
      tapped.append(bytes.toString(StandardCharsets.US_ASCII));
    }

    @Override
    public void fromServer(ByteBuf bytes) {
      tapped.append(bytes.toString(StandardCharsets.US_ASCII));
    }
  }
}
