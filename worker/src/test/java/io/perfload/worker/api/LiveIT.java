// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.worker.fleet.HostState;
import io.perfload.worker.fleet.HostState.Status;
import io.perfload.worker.fleet.TailPart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    server = new ApiServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aWindowOnTheFleetComesAtOnceAndMovesEverySecond() throws Exception {
    HostState alpha = server.fleet.put(FakeFleet.host("alpha", 0.1));
    server.fleet.put(FakeFleet.host("beta", 0.5));
    Browser browser = connect();

    browser.say(
        "{\"op\":\"fleet\",\"sort\":\"cpu.utilization\",\"order\":\"desc\",\"filter\":\"\",\"offset\":0,\"limit\":1}");

    JsonNode first = browser.hear("fleet");
    assertThat(first.get("total").intValue()).isEqualTo(2);
    assertThat(first.get("rows")).hasSize(1);
    assertThat(first.get("rows").get(0).get("name").textValue()).isEqualTo("beta");
    assertThat(first.get("rows").get(0).has("facts")).isFalse();
    server.fleet.put(FakeFleet.host(alpha.profile().id(), "alpha", Status.ONLINE, 0.9));
    await()
        .until(
            () -> browser.hear("fleet").get("rows").get(0).get("name").textValue().equals("alpha"));
  }

  @Test
  void aHostComesWithItsTailFirstThenEachSampleNoneTwice() throws Exception {
    HostState host = server.fleet.put(FakeFleet.host("alpha", 0.1));
    HostId id = host.profile().id();
    CompletableFuture<List<TailPart>> tail = server.tails.later(id);
    Browser browser = connect();
    browser.say("{\"op\":\"host\",\"id\":\"" + id + "\"}");
    assertThat(
            browser.hear("host").get("host").get("facts").get("cpu").get("logicalCores").intValue())
        .isEqualTo(4);

    send(id, 3);
    send(id, 4);
    tail.complete(
        List.of(new TailPart(FakeFleet.SET, 1, List.of(sample(1), sample(2), sample(3)))));
    send(id, 5);

    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      times.add(browser.hear("sample").get("at").longValue());
    }
    assertThat(times).containsExactly(1_000L, 2_000L, 3_000L, 4_000L, 5_000L);
  }

  @Test
  void valuesOfASampleAreNamedByMeasureAndInstance() throws Exception {
    HostState host = server.fleet.put(FakeFleet.host("alpha", 0.1));
    Browser browser = connect();
    browser.say("{\"op\":\"host\",\"id\":\"" + host.profile().id() + "\"}");
    browser.hear("host");

    send(host.profile().id(), 1);

    JsonNode values = browser.hear("sample").get("values");
    assertThat(values.get("cpu.utilization:0").doubleValue()).isEqualTo(0.5);
    assertThat(values.get("memory.total").longValue()).isEqualTo(8L << 30);
  }

  @Test
  void aHostIsToldAgainWhenItsStatusChanges() throws Exception {
    HostState host = server.fleet.put(FakeFleet.host("alpha", 0.1));
    HostId id = host.profile().id();
    Browser browser = connect();
    browser.say("{\"op\":\"host\",\"id\":\"" + id + "\"}");
    assertThat(browser.hear("host").get("host").get("status").textValue()).isEqualTo("online");

    server.fleet.put(FakeFleet.host(id, "alpha", Status.OFFLINE, 0.1));

    assertThat(browser.hear("host").get("host").get("status").textValue()).isEqualTo("offline");
  }

  @Test
  void oneFeedServesAllWhoWatchAHostAndEndsWithTheLast() throws Exception {
    HostState host = server.fleet.put(FakeFleet.host("alpha", 0.1));
    String ask = "{\"op\":\"host\",\"id\":\"" + host.profile().id() + "\"}";
    Browser one = connect();
    Browser other = connect();
    one.say(ask);
    other.say(ask);
    one.hear("host");
    other.hear("host");

    send(host.profile().id(), 1);
    one.hear("sample");
    other.hear("sample");
    assertThat(server.feed.watches()).isEqualTo(1);
    one.say("{\"op\":\"stop\",\"what\":\"host\"}");
    other.close();

    await().until(() -> server.feed.watched() == 0);
  }

  @Test
  void theDoorComesEverySecondUntilStopped() throws Exception {
    Browser browser = connect();
    browser.say("{\"op\":\"door\"}");

    JsonNode door = browser.hear("door");
    assertThat(door.get("slots").get(0).get("pid").intValue()).isEqualTo(4_711);
    assertThat(door.get("slots").get(1).get("pid").isNull()).isTrue();
    browser.hear("door");
    browser.say("{\"op\":\"stop\",\"what\":\"door\"}");
    browser.say("{\"op\":\"nonsense\"}");
    browser.hear("error");
    browser.forget();

    assertThat(browser.next(Duration.ofMillis(1_500))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "[]",
        "{}",
        "{\"op\":\"dance\"}",
        "{\"op\":7}",
        "{\"op\":\"host\"}",
        "{\"op\":\"host\",\"id\":\"nobody\"}",
        "{\"op\":\"host\",\"id\":\"00000000-0000-0000-0000-000000000000\"}",
        "{\"op\":\"stop\",\"what\":\"time\"}",
        "{\"op\":\"fleet\",\"limit\":501}",
        "{\"op\":\"fleet\",\"offset\":-1}",
        "{\"op\":\"fleet\",\"sort\":\"cpu.utilisation\"}",
        "{\"op\":\"fleet\",\"order\":\"sideways\"}",
      })
  void whatMakesNoSenseIsAnsweredAndTheConnectionStays(String message) throws Exception {
    Browser browser = connect();

    browser.say(message);

    assertThat(browser.hear("error").get("message").textValue()).isNotBlank();
    browser.say("{\"op\":\"fleet\"}");
    browser.hear("fleet");
  }

  @Test
  void tooManyMessagesAreToldSo() throws Exception {
    Browser browser = connect();
    for (int i = 0; i < 40; i++) {
      browser.say("{\"op\":\"stop\",\"what\":\"door\"}");
    }

    assertThat(browser.hear("error").get("message").textValue()).contains("20 a second");
  }

  @Test
  void aFrameOverTheLimitEndsTheConnectionWith1009AndIsCounted() throws Exception {
    Browser bystander = connect();
    Browser browser = connect();

    browser.say("\"" + "x".repeat(100_000) + "\"");

    assertThat(browser.closed()).isEqualTo(1009);
    assertThat(server.refusals.counts()).containsEntry("ws.length", 1L);
    bystander.say("{\"op\":\"fleet\"}");
    bystander.hear("fleet");
  }

  @Test
  void fragmentsThatAreTooLongTogetherEndTheConnectionToo() throws Exception {
    Browser browser = connect();

    browser.sayInParts("x".repeat(40_000), "x".repeat(40_000));

    assertThat(browser.closed()).isEqualTo(1009);
  }

  @Test
  void aFrameThatIsNoFrameEndsTheConnectionAndIsCounted() throws Exception {
    try (Socket socket = upgraded(65_536)) {
      socket.getOutputStream().write(new byte[] {(byte) 0xf7, (byte) 0xff, 1, 2, 3, 4});
      socket.getOutputStream().flush();

      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
      assertThat(server.refusals.counts()).containsEntry("ws.frame", 1L);
    }
  }

  @Test
  void aBrowserThatNeverReadsMissesMessagesAndIsClosedWhileOthersGoOn() throws Exception {
    for (int i = 0; i < 500; i++) {
      server.fleet.put(FakeFleet.host("host-" + "x".repeat(200) + i, 0.1));
    }
    Browser bystander = connect();
    try (Socket socket = upgraded(4_096)) {
      OutputStream out = socket.getOutputStream();
      out.write(masked("{\"op\":\"fleet\",\"limit\":500}"));
      out.flush();

      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> server.refusals.counts().containsKey("ws.reader"));
      bystander.say("{\"op\":\"fleet\",\"limit\":1}");
      bystander.hear("fleet");
      JsonNode stats = MAPPER.readTree(server.get("/v1.0/stats").body());
      assertThat(stats.get("live").get("dropped").intValue()).isPositive();
    }
  }

  @Test
  void aWorkerThatStopsTellsItsBrowsersToConnectAgain() throws Exception {
    Browser browser = connect();
    browser.say("{\"op\":\"door\"}");
    browser.hear("door");

    server.seeOut();

    assertThat(browser.closed()).isEqualTo(1001);
    await().until(() -> server.guests() == 0);
  }

  @Test
  void pagesOfOtherSitesMayNotConnect() {
    assertThatThrownBy(
            () ->
                client
                    .newWebSocketBuilder()
                    .header("Origin", "https://evil.example")
                    .buildAsync(uri(), new WebSocket.Listener() {})
                    .get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class);
    assertThat(server.refusals.counts()).containsEntry("ws.origin", 1L);
  }

  @Test
  void pagesOfThisServerMay() throws Exception {
    client
        .newWebSocketBuilder()
        .header("Origin", "http://127.0.0.1:" + server.port())
        .buildAsync(uri(), new WebSocket.Listener() {})
        .get(5, TimeUnit.SECONDS)
        .abort();
  }

  private Sample sample(long second) {
    return FakeFleet.sample(second * 1000, second, 0.5);
  }

  private void send(HostId id, long second) {
    server.feed.send(id, FakeFleet.SET, sample(second));
  }

  private URI uri() {
    return URI.create("ws://127.0.0.1:" + server.port() + "/api/v1/live");
  }

  private Browser connect() throws Exception {
    var browser = new Browser();
    browser.socket =
        Optional.of(
            client.newWebSocketBuilder().buildAsync(uri(), browser).get(5, TimeUnit.SECONDS));
    return browser;
  }

  /** A plain socket after the handshake. */
  private Socket upgraded(int receiveBuffer) throws Exception {
    var socket = new Socket();
    socket.setReceiveBufferSize(receiveBuffer);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket.setSoTimeout(20_000);
    String request =
        """
        GET /api/v1/live HTTP/1.1
        Host: x
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        Sec-WebSocket-Version: 13

        """
            .replace("\n", "\r\n");
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    assertThat(head).startsWith("HTTP/1.1 101");
    return socket;
  }

  private static byte[] masked(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
    frame.put((byte) 0x81).put((byte) (0x80 | payload.length)).putInt(0).put(payload);
    return frame.array();
  }

  private static final class Browser implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private Optional<WebSocket> socket = Optional.empty();

    @Override
    public synchronized CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          heard.add(MAPPER.readTree(text.toString()));
        } catch (IOException e) {
          throw new AssertionError(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.completeExceptionally(error);
    }

    void say(String message) {
      socket.orElseThrow().sendText(message, true).join();
    }

    void sayInParts(String first, String second) {
      socket.orElseThrow().sendText(first, false).join();
      socket.orElseThrow().sendText(second, true).join();
    }

    void close() {
      socket.orElseThrow().abort();
    }

    void forget() {
      heard.clear();
    }

    int closed() throws Exception {
      return closed.get(5, TimeUnit.SECONDS);
    }

    Optional<JsonNode> next(Duration within) throws InterruptedException {
      return Optional.ofNullable(heard.poll(within.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** The next message of a type; others before it are passed over. */
    JsonNode hear(String type) throws InterruptedException {
      while (true) {
        JsonNode message = next(Duration.ofSeconds(5)).orElseThrow();
        if (message.get("type").textValue().equals(type)) {
          return message;
        }
      }
    }
  }
}
