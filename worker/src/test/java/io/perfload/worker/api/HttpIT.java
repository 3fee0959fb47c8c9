// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SpoolReport;
import io.perfload.worker.fleet.HostState;
import io.perfload.worker.fleet.HostState.Status;
import io.perfload.worker.fleet.TailPart;
import io.perfload.worker.history.HostGaps;
import io.perfload.worker.history.MemoryChunkStore;
import io.perfload.worker.history.Minutes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();

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
  void aliveHasNoBody() throws Exception {
    HttpResponse<String> response = server.get("/v1.0/alive");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void hostsAreSortedFilteredAndCounted() throws Exception {
    server.fleet.put(FakeFleet.host("alpha", 0.1));
    server.fleet.put(FakeFleet.host("beta", 0.9));
    server.fleet.put(FakeFleet.host(HostId.random(), "gamma", Status.OFFLINE, 0.95));

    JsonNode all = json("/api/v1/hosts?sort=cpu.utilization&order=desc");
    JsonNode one = json("/api/v1/hosts?filter=ALPH");
    JsonNode second = json("/api/v1/hosts?offset=1&limit=1");

    assertThat(names(all)).containsExactly("beta", "alpha", "gamma");
    assertThat(all.get("total").intValue()).isEqualTo(3);
    assertThat(all.get("online").intValue()).isEqualTo(2);
    assertThat(all.get("offline").intValue()).isEqualTo(1);
    assertThat(names(one)).containsExactly("alpha");
    assertThat(names(second)).containsExactly("beta");
    assertThat(all.get("hosts").get(0).get("latest").get("memory.utilization").doubleValue())
        .isEqualTo(0.5);
  }

  @Test
  void aLargeAnswerIsPackedForThoseWhoTakeItSo() throws Exception {
    for (int i = 0; i < 50; i++) {
      server.fleet.put(FakeFleet.host("host-" + i, 0.1));
    }

    HttpResponse<byte[]> packed = server.getBytes("/api/v1/hosts", "Accept-Encoding", "gzip, br");
    HttpResponse<byte[]> plain = server.getBytes("/api/v1/hosts");

    assertThat(packed.headers().firstValue("content-encoding")).hasValue("gzip");
    assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
    assertThat(packed.headers().firstValue("vary")).hasValue("Accept-Encoding");
    assertThat(MAPPER.readTree(unpacked(packed.body()))).isEqualTo(MAPPER.readTree(plain.body()));
    assertThat(packed.body().length).isLessThan(plain.body().length / 4);
  }

  @Test
  void historyAndTheNewestSecondsAreOneLineWithoutDoubles() throws Exception {
    HostState host = server.fleet.put(FakeFleet.host("alpha", 0.1));
    HostId id = host.profile().id();
    server.series.save(List.of(Minutes.SMALL));
    server.chunks.insert(List.of(Minutes.packed(id, Minutes.SMALL, 480, 540)), Long.MAX_VALUE);
    List<Sample> newest = new ArrayList<>();
    for (int second = 530; second < 600; second++) {
      newest.add(Minutes.sample(Minutes.SMALL, second));
    }
    server.tails.put(id, List.of(new TailPart(Minutes.SMALL, Minutes.RUN, newest)));

    JsonNode answer = json("/api/v1/hosts/" + id + "/series?measures=cpu.utilization,disk.read:*");

    assertThat(answer.get("tier").textValue()).isEqualTo("1s");
    assertThat(answer.get("t")).hasSize(120);
    JsonNode cpu = answer.get("series").get(0);
    assertThat(cpu.get("avg")).hasSize(120).noneMatch(JsonNode::isNull);
    assertThat(cpu.get("avg").get(55).doubleValue())
        .isEqualTo(Minutes.sample(Minutes.SMALL, 535).scaled()[0] / 1e4);
    assertThat(answer.get("series").get(1).get("instance").textValue()).isEqualTo("sda");
  }

  @Test
  void historySaysWhatIsMissingFromTheTimeAskedFor() throws Exception {
    HostId id = server.fleet.put(FakeFleet.host("alpha", 0.1)).profile().id();
    long from = ApiServer.NOW - 90_000;
    var here = new LostSamples(1, from, from + 30_000, 30, LostSamples.Reason.SPOOL_FULL);
    var before = new LostSamples(2, 1_000, 2_000, 1, LostSamples.Reason.DAMAGED);
    server.gaps.insert(List.of(new HostGaps(id, List.of(here, before))));

    JsonNode gaps = json("/api/v1/hosts/" + id + "/series?measures=cpu.utilization").get("gaps");

    assertThat(gaps).hasSize(1);
    assertThat(gaps.get(0).get("from").longValue()).isEqualTo(from);
    assertThat(gaps.get(0).get("to").longValue()).isEqualTo(from + 30_000);
    assertThat(gaps.get(0).get("samples").longValue()).isEqualTo(30);
    assertThat(gaps.get(0).get("reason").textValue()).isEqualTo("spool-full");
  }

  @Test
  void aHostSaysHowItsSpoolIsOnceItsAgentTold() throws Exception {
    HostState quiet = server.fleet.put(FakeFleet.host("alpha", 0.1));
    var report = new SpoolReport(SpoolReport.State.MEMORY, 12, 3_400);
    HostState told = server.fleet.put(FakeFleet.spooling(FakeFleet.host("beta", 0.1), report));

    JsonNode spool = json("/api/v1/hosts/" + told.profile().id()).get("spool");

    assertThat(spool.get("state").textValue()).isEqualTo("memory");
    assertThat(spool.get("pending").longValue()).isEqualTo(12);
    assertThat(spool.get("bytes").longValue()).isEqualTo(3_400);
    assertThat(json("/api/v1/hosts/" + quiet.profile().id()).has("spool")).isFalse();
    assertThat(server.get("/metrics").body())
        .contains("perfload_worker_hosts_by_spool{state=\"memory\"} 1.0")
        .contains("perfload_worker_hosts_by_spool{state=\"dropping\"} 0.0")
        .contains("perfload_worker_gaps_stored_total 7.0");
  }

  @Test
  void aStoreThatIsAwayIs503AndSaysSo() throws Exception {
    HostState host = server.fleet.put(FakeFleet.host("alpha", 0.1));
    server.chunks.before(
        () -> {
          throw MemoryChunkStore.unavailable();
        });

    HttpResponse<String> response =
        server.get("/api/v1/hosts/" + host.profile().id() + "/series?measures=cpu.utilization");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("retry-after")).isPresent();
    assertThat(MAPPER.readTree(response.body()).get("detail").textValue())
        .contains("history store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?measures=",
        "",
        "?measures=CPU",
        "?measures=cpu.utilization:",
        "?measures=cpu.utilization&points=0",
        "?measures=cpu.utilization&points=10001",
        "?measures=cpu.utilization&points=x",
        "?measures=cpu.utilization&from=yesterday",
        "?measures=cpu.utilization&from=now&to=-5m",
        "?measures=cpu.utilization&from=-30d",
        "?measures=cpu.utilization&form=-5m",
        "?measures=cpu.utilization&from=1&from=2",
      })
  void aQuestionThatMakesNoSenseIs400WithASentence(String query) throws Exception {
    HostState host = server.fleet.put(FakeFleet.host("alpha", 0.1));

    HttpResponse<String> response =
        server.get("/api/v1/hosts/" + host.profile().id() + "/series" + query);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(MAPPER.readTree(response.body()).get("detail").textValue()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/hosts?sort=cpu.utilisation, 400, cpu.utilization",
    "/api/v1/hosts?order=up, 400, asc or desc",
    "/api/v1/hosts?limit=5000, 400, 0 to 1000",
    "/api/v1/hosts?name=x, 400, Unknown parameter",
    "/api/v1/hosts/nobody, 404, nobody",
    "/api/v1/hosts/00000000-0000-0000-0000-000000000000, 404, /api/v1/hosts",
    "/api/v1/nothing, 404, openapi.yaml",
    "/nothing.js, 404, nothing.js",
    "/assets/../secret, 404, secret",
    "/api/v1/door/route, 400, ip",
    "/api/v1/door/route?ip=example.org, 400, IPv4",
    "/api/v1/live, 426, WebSocket",
  })
  void mistakesAreToldInASentence(String path, int status, String says) throws Exception {
    HttpResponse<String> response = server.get(path);

    assertThat(response.statusCode()).isEqualTo(status);
    JsonNode problem = MAPPER.readTree(response.body());
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("detail").textValue()).contains(says);
  }

  @Test
  void otherMethodsAre405AndSayWhichAreNot() throws Exception {
    HttpResponse<String> response = server.send("DELETE", "/api/v1/hosts");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).hasValue("GET, HEAD");
    assertThat(server.send("POST", "/api/v1/nothing").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/v1/hosts", "/v1.0/stats", "/metrics", "/api/openapi.yaml"})
  void headIsGetWithoutTheBody(String path) throws Exception {
    HttpResponse<String> get = server.get(path);
    HttpResponse<String> head = server.send("HEAD", path);

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("content-type"))
        .isEqualTo(get.headers().firstValue("content-type"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/door", "/hosts", "/hosts/a/b", "/index.html"})
  void theClientsAddressesAreItsFirstPage(String path) throws Exception {
    HttpResponse<String> response = server.get(path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("<title>Perfload</title>");
    assertThat(response.headers().firstValue("content-security-policy")).isPresent();
    assertThat(response.headers().firstValue("cache-control")).hasValue("no-cache");
    assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
  }

  @Test
  void aPageThatIsKnownIsNotSentAgain() throws Exception {
    String tag = server.get("/").headers().firstValue("etag").orElseThrow();

    HttpResponse<String> again = server.get("/", "If-None-Match", tag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("etag")).hasValue(tag);
  }

  @Test
  void hashedFilesMayBeKeptForEverAndAreSentPackedAsTheyLie() throws Exception {
    String path = "/assets/app-1a2b3c.js";
    HttpResponse<byte[]> plain = server.getBytes(path);
    HttpResponse<byte[]> packed = server.getBytes(path, "Accept-Encoding", "gzip");

    assertThat(plain.headers().firstValue("cache-control").orElseThrow()).contains("immutable");
    assertThat(packed.headers().firstValue("content-encoding")).hasValue("gzip");
    assertThat(unpacked(packed.body())).isEqualTo(plain.body());
    assertThat(plain.headers().firstValue("etag"))
        .isNotEqualTo(packed.headers().firstValue("etag"));
    assertThat(server.get(path + ".gz").statusCode()).isEqualTo(404);
  }

  @Test
  void metricsHaveOwnHealthAndHostsOnceEach() throws Exception {
    server.fleet.put(FakeFleet.host("al\"pha", 0.25));
    server.fleet.put(FakeFleet.host(HostId.random(), "gone", Status.OFFLINE, 0.5));

    String text = server.get("/metrics").body();

    assertThat(text)
        .contains("perfload_worker_write_queue_chunks 2.0")
        .contains("perfload_door_accepted_total 13.0")
        .contains("perfload_door_connections_total{outcome=\"limited\"} 3.0")
        .contains("perfload_door_queued 2.0");
    assertThat(text).contains("perfload_cpu_utilization{host=\"al\\\"pha\"");
    assertThat(text).containsPattern("perfload_cpu_utilization\\{.*instance=\"0\"\\} 0.25");
    assertThat(text).containsPattern("perfload_host_up\\{host=\"gone\".*\\} 0\n");
    assertThat(text).doesNotContainPattern("perfload_cpu_utilization\\{host=\"gone\"");
    List<String> lines = text.lines().filter(line -> line.startsWith("# TYPE")).toList();
    assertThat(lines).doesNotHaveDuplicates();
    assertThat(
            text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll(" \\S+$", "")))
        .doesNotHaveDuplicates();
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (Socket socket = connect()) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 100; i++) {
        requests
            .append("GET /api/v1/hosts?limit=")
            .append(i)
            .append(" HTTP/1.1\r\nHost: x\r\n\r\n");
        requests
            .append("GET /api/v1/hosts?limit=x")
            .append(i)
            .append(" HTTP/1.1\r\nHost: x\r\n\r\n");
      }
      requests.append("GET /v1.0/alive HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      send(socket, requests.toString());

      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(all.split("HTTP/1.1 ", -1)).hasSize(202);
      assertThat(all.indexOf("'x7'")).isLessThan(all.indexOf("'x8'"));
      assertThat(all.indexOf("'x98'")).isLessThan(all.indexOf("'x99'"));
      assertThat(server.refusals.counts()).isEmpty();
    }
  }

  @Test
  void anOldClientIsAnsweredWithoutChunks() throws Exception {
    try (Socket socket = connect()) {
      send(socket, "GET /metrics HTTP/1.0\r\n\r\n");

      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(all).startsWith("HTTP/1.1 200").doesNotContain("transfer-encoding");
      assertThat(all).contains("perfload_worker_uptime_seconds");
    }
  }

  @Test
  void badInputIsAnsweredCountedClosedAndDisturbsNobody() throws Exception {
    try (Socket bystander = connect()) {
      assertThat(exchange("GARBAGE\r\n\r\n")).startsWith("HTTP/1.1 400");
      assertThat(exchange("GET /" + "a".repeat(5_000) + " HTTP/1.1\r\n\r\n"))
          .startsWith("HTTP/1.1 414");
      assertThat(exchange("GET / HTTP/1.1\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"))
          .startsWith("HTTP/1.1 431");
      assertThat(
              exchange("POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n" + "a".repeat(100_000)))
          .startsWith("HTTP/1.1 413");
      assertThat(exchange("A".repeat(1_000_000))).startsWith("HTTP/1.1 414");

      assertThat(server.refusals.counts())
          .containsEntry("http.garbage", 1L)
          .containsEntry("http.line", 2L)
          .containsEntry("http.header", 1L)
          .containsEntry("http.body", 1L);
      send(bystander, "GET /v1.0/alive HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(new String(bystander.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void halfARequestIsAnsweredAndClosedInTime() throws Exception {
    try (Socket socket = connect()) {
      send(socket, "GET /v1.0/al");

      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(all).startsWith("HTTP/1.1 408");
      assertThat(server.refusals.counts()).containsEntry("http.slow", 1L);
    }
  }

  @Test
  void aReaderThatNeverReadsIsClosedAndCounted() throws Exception {
    for (int i = 0; i < 3_000; i++) {
      server.fleet.put(FakeFleet.host("host-" + "x".repeat(100) + i, 0.1));
    }
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4_096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      for (int i = 0; i < 20; i++) {
        send(socket, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
      }

      await()
          .atMost(Duration.ofSeconds(50))
          .until(() -> server.refusals.counts().containsKey("http.reader"));
      assertThat(server.get("/v1.0/alive").statusCode()).isEqualTo(200);
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private String exchange(String text) throws IOException {
    try (Socket socket = connect()) {
      send(socket, text);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> response = server.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return MAPPER.readTree(response.body());
  }

  private static List<String> names(JsonNode answer) {
    List<String> names = new ArrayList<>();
    answer.get("hosts").forEach(host -> names.add(host.get("name").textValue()));
    return names;
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }
}
