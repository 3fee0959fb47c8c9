// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.model.HostId;
import io.perfload.worker.fleet.HostState.Status;
import io.perfload.worker.history.HistoryReader;
import io.perfload.worker.history.MemoryChunkStore;
import io.perfload.worker.history.MemorySeriesStore;
import io.perfload.worker.protocol.ProtocolPipeline;
import io.perfload.worker.protocol.Refusals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Any bytes as what a client sends that began with an upper-case letter. */
class RequestsFuzzTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int A_READ = 2 << 10;
  private static final HostId KNOWN = HostId.of(0x1234_5678_9abc_def0L, 0x8765_4321_0fed_cba9L);
  private static final Set<Integer> EXPECTED =
      Set.of(200, 304, 400, 403, 404, 405, 413, 414, 426, 429, 431, 503);
  private static final int SWITCHING = 101;

  private final Logger log = (Logger) LoggerFactory.getLogger("io.perfload.worker.api");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final ProtocolPipeline http = http();

  RequestsFuzzTest() {
    logged.start();
    log.addAppender(logged);
  }

  @AfterEach
  void letGoOfTheLog() {
    log.detachAppender(logged);
  }

  @MethodSource
  @FuzzTest
  void everyRequestIsAnsweredInAWayThatWasForeseen(byte[] input) throws IOException {
    var channel = new EmbeddedChannel();
    http.install(channel.pipeline());

    for (int from = 0; from < input.length; from += A_READ) {
      int length = Math.min(A_READ, input.length - from);
      channel.writeInbound(Unpooled.copiedBuffer(input, from, length));
      channel.runPendingTasks();
    }

    channel.checkException();
    judgeAnswers(channel);
    channel.finishAndReleaseAll();
    assertThat(logged.list).as("unforeseen").isEmpty();
  }

  static Stream<byte[]> everyRequestIsAnsweredInAWayThatWasForeseen() {
    String host = "/api/v1/hosts/" + KNOWN;
    String key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    String upgrade = get("/api/v1/live", "Connection: Upgrade\r\nUpgrade: websocket\r\n" + key);
    byte[] door = masked(1, "{\"op\":\"door\"}");
    return Stream.of(
        bytes(get("/", "Accept-Encoding: gzip;q=0, br\r\n") + get("/v1.0/alive", "")),
        bytes(get(host + "/series?measures=cpu.utilization,disk.read:*&from=-5m&to=now", "")),
        bytes(get(host + "/series?measures=a:b&from=1&to=99999999999999&points=10000", "")),
        bytes(get("/api/v1/hosts?filter=web&sort=memory.utilization&order=desc&limit=9", "")),
        bytes(get(host, "If-None-Match: *\r\n") + get("/metrics", "") + get("/v1.0/stats", "")),
        bytes(get("/api/v1/door/route?ip=::ffff:1.2.3.4", "") + get("/api/v1/door", "")),
        bytes(get("/%2e%2e/%00?a=%zz&a=1", "Connection: close\r\n")),
        bytes("POST /api/v1/hosts HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"),
        bytes("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n"),
        bytes("GET / HTTP/9.9\r\nHost\r\n : x\r\n\r\n"),
        new ByteWriter().bytes(bytes(upgrade)).bytes(door).bytes(masked(9, "?")).toByteArray(),
        new ByteWriter().bytes(bytes(upgrade)).bytes(masked(8, "\003\350")).toByteArray());
  }

  private void judgeAnswers(EmbeddedChannel channel) throws IOException {
    var answers =
        new EmbeddedChannel(new HttpResponseDecoder(), new HttpObjectAggregator(16 << 20));
    for (Object sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
      assertThat(sent).isInstanceOf(ByteBuf.class);
      answers.writeInbound(sent);
      for (Object answer = answers.readInbound(); answer != null; answer = answers.readInbound()) {
        var response = (FullHttpResponse) answer;
        int status = response.status().code();
        String body = response.content().toString(StandardCharsets.UTF_8);
        response.release();
        if (status == SWITCHING) {
          answers.finishAndReleaseAll();
          return;
        }
        assertThat(EXPECTED).contains(status);
        assertThat(response.decoderResult().isSuccess()).isTrue();
        if ("application/problem+json".equals(response.headers().get("Content-Type"))) {
          judgeProblem(body, status);
        }
      }
    }
    answers.finishAndReleaseAll();
  }

  private static void judgeProblem(String body, int status) throws IOException {
    if (body.isEmpty()) {
      return;
    }
    JsonNode problem = MAPPER.readTree(body);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("detail").asText()).isNotBlank().hasSizeLessThan(5_000);
  }

  private static String get(String target, String headers) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A whole frame as browsers send it, masked with zeros. */
  private static byte[] masked(int opcode, String text) {
    byte[] payload = bytes(text);
    return new ByteWriter()
        .u8(0x80 | opcode)
        .u8(0x80 | payload.length)
        .u32(0)
        .bytes(payload)
        .toByteArray();
  }

  /** What needs another thread is answered at once: there are none left. */
  private static ProtocolPipeline http() {
    var fleet = new FakeFleet();
    fleet.put(FakeFleet.host(KNOWN, "web-1", Status.ONLINE, 0.5));
    var api =
        new Api(
            ApiServer.parts(
                fleet,
                new FakeTails(),
                new FakeFeed(),
                new HistoryReader(new MemoryChunkStore(), new MemorySeriesStore()),
                new Refusals()));
    api.close();
    return api.http();
  }
}
