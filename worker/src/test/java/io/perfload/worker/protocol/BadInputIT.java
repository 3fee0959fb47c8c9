// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.Preface;
import io.perfload.common.wire.WorkerMessage;
import io.perfload.worker.session.SessionRules;
import io.perfload.worker.testing.Machines;
import io.perfload.worker.testing.MemoryHostStore;
import io.perfload.worker.testing.MemoryIntake;
import io.perfload.worker.testing.TestAgent;
import io.perfload.worker.testing.TestWorker;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad peers on real sockets: each is told, counted and closed, and a good agent feels nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
  /** Nobody listens there: Redis is away all the time, and that is fine. */
  private static final URI NO_REDIS = URI.create("redis://127.0.0.1:1");

  private static final SessionRules HASTY =
      new SessionRules(
          2,
          1 << 20,
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          Duration.ofDays(366),
          5_000);

  private final MemoryIntake intake = MemoryIntake.storing();
  private TestWorker worker;
  private TestAgent good;

  @BeforeAll
  void start() throws IOException {
    worker = TestWorker.start(NO_REDIS, "node", 3, HASTY, intake, new MemoryHostStore());
    good = TestAgent.live(worker.address(), HostId.random(), "good");
    await().until(() -> !good.received(WorkerMessage.Welcome.class).isEmpty());
  }

  @AfterAll
  void theGoodAgentFeltNothing() throws IOException {
    good.sample();
    await()
        .until(
            () -> worker.core().fleet().find(good.id()).flatMap(host -> host.last()).isPresent());
    assertThat(good.isEnded()).isFalse();
    good.close();
    worker.close();
  }

  static Stream<Arguments> badBytes() {
    byte[] preface = Preface.bytes();
    byte[] hello = TestAgent.frame(TestAgent.hello());
    byte[] host =
        TestAgent.frame(new AgentMessage.Host(0, Machines.profile(HostId.random(), "bad")));
    byte[] series = TestAgent.frame(new AgentMessage.Series(0, true, Machines.FORTY));
    byte[] live = join(preface, hello, host, series);
    return Stream.of(
        Arguments.of("wrong magic", "magic", new byte[] {(byte) 0xF5, 'P', 'F', 'X', 1}),
        Arguments.of("unknown version", "version", new byte[] {(byte) 0xF5, 'P', 'F', 'L', 9}),
        Arguments.of("unknown kind", "kind", join(preface, header(2, 99), new byte[1])),
        Arguments.of("a worker's kind", "order", join(preface, header(2, 16), new byte[1])),
        Arguments.of("length over the limit", "length", join(preface, header(1 << 30, 1))),
        Arguments.of("length 0", "length", join(preface, header(0, 1))),
        Arguments.of("greatest length", "length", join(preface, header(0xffff_ffffL, 1))),
        Arguments.of("no hello first", "order", join(preface, host)),
        Arguments.of("hello twice", "order", join(preface, hello, hello)),
        Arguments.of("host out of turn", "order", join(preface, hello, hostNumber(7))),
        Arguments.of("series of nobody", "order", join(preface, hello, series)),
        Arguments.of(
            "sample before series", "order", join(preface, hello, host, sample(0, new byte[9]))),
        Arguments.of("sample of nobody", "order", join(live, sample(1, new byte[9]))),
        Arguments.of("trailing bytes", "trailing", join(preface, longer(hello))),
        Arguments.of("short payload", "truncated", join(preface, header(2, 1), new byte[1])),
        Arguments.of(
            "count larger than the bytes",
            "count",
            join(preface, hello, host, header(5, 3), new byte[] {0, 1, (byte) 0xff, 0x1f})),
        Arguments.of("a sample cut short", "truncated", join(live, sample(0, new byte[2]))),
        Arguments.of("a sample of 1970", "time", join(live, sample(0, oldSample()))),
        Arguments.of("a value over the exact range", "value", join(live, sample(0, hugeSample()))),
        Arguments.of(
            "a clock years off",
            "time",
            join(preface, TestAgent.frame(new AgentMessage.Hello("1", 0, 1_000, "")))),
        Arguments.of(
            "a chunk whose set was not declared",
            "order",
            join(preface, hello, hostOf(CHUNKED), chunk(CHUNKED))),
        Arguments.of(
            "text that is not UTF-8",
            "text",
            join(preface, hello, header(3, 6), new byte[] {1, (byte) 0xff})));
  }

  private static final HostId CHUNKED = HostId.random();

  @ParameterizedTest(name = "{0} is counted as {1}")
  @MethodSource("badBytes")
  void badBytesAreToldCountedAndClosed(String what, String reason, byte[] bytes)
      throws IOException {
    long before = count(reason);

    try (TestAgent bad = TestAgent.connect(worker.address(), HostId.random())) {
      bad.send(bytes);

      await().until(bad::isEnded);
      assertThat(bad.received(WorkerMessage.Failure.class))
          .extracting(WorkerMessage.Failure::code)
          .containsExactly(reason);
    }
    assertThat(count(reason)).isEqualTo(before + 1);
  }

  @Test
  void halfAFrameThenSilenceEndsAsSlow() throws IOException {
    long before = count("slow");
    try (var socket = new Socket(worker.address().getAddress(), worker.address().getPort())) {
      byte[] hello = TestAgent.frame(TestAgent.hello());
      socket.getOutputStream().write(join(Preface.bytes(), hello, header(100, 4), new byte[9]));

      awaitEnd(socket);
    }
    assertThat(count("slow")).isEqualTo(before + 1);
  }

  @Test
  void aPeerThatFallsSilentIsClosed() throws IOException {
    long before = count("silent");
    try (var socket = new Socket(worker.address().getAddress(), worker.address().getPort())) {
      socket.getOutputStream().write(Preface.bytes());
      socket.getOutputStream().write(TestAgent.frame(TestAgent.hello()));

      awaitEnd(socket);
    }
    assertThat(count("silent")).isEqualTo(before + 1);
  }

  @Test
  void aNewcomerWithoutAWholeFrameIsClosedAfterTenSeconds() throws IOException {
    long before = count("slow");
    long start = System.nanoTime();
    try (var nothing = new Socket(worker.address().getAddress(), worker.address().getPort());
        var half = new Socket(worker.address().getAddress(), worker.address().getPort());
        var request = new Socket(worker.address().getAddress(), worker.address().getPort())) {
      half.getOutputStream().write(Preface.bytes(), 0, 4);
      request.getOutputStream().write("GET / HT".getBytes(US_ASCII));

      assertThat(awaitEnd(request)).startsWith("HTTP/1.1 408 ");
      awaitEnd(half);
      awaitEnd(nothing);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(13));
    assertThat(count("slow")).isGreaterThanOrEqualTo(before + 3);
  }

  @Test
  void otherProtocolsAreToldApart() throws IOException {
    long tls = count("tls");
    long other = count("protocol");

    assertThat(exchange(new byte[] {0x16, 3, 1, 0, 5})).isEmpty();
    assertThat(exchange("get / http".getBytes(US_ASCII))).isEmpty();
    assertThat(exchange(new byte[] {0})).isEmpty();
    assertThat(exchange("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII))).startsWith("HTTP/1.1 418 ");

    assertThat(count("tls")).isEqualTo(tls + 1);
    assertThat(count("protocol")).isEqualTo(other + 2);
  }

  @Test
  void aPeerGoneMidFrameIsCounted() throws IOException {
    long before = count("truncated");
    try (var socket = new Socket(worker.address().getAddress(), worker.address().getPort())) {
      socket.getOutputStream().write(join(Preface.bytes(), header(100, 1), new byte[10]));
    }
    await().until(() -> count("truncated") == before + 1);
  }

  @Test
  void chunksThatCanNeverBeStoredAreRefusedAndTheConnectionStays() throws IOException {
    try (TestAgent agent = TestAgent.live(worker.address(), HostId.random(), "chunks")) {
      long now = System.currentTimeMillis() / 60_000 * 60_000;
      byte[] broken = Machines.chunk(agent.id(), Machines.FORTY, now).bytes().clone();
      broken[60] ^= 1;
      agent.say(new AgentMessage.Chunk(ByteBuffer.wrap(broken)));
      agent.chunk(now + 365L * 86_400_000);
      await().until(() -> acknowledged(agent) == 2);
      agent.chunk(60_000);
      agent.say(chunkOf(HostId.random(), now));
      await().until(() -> acknowledged(agent) == 4);
      agent.chunk(now);
      await().until(() -> acknowledged(agent) == 5);

      List<WorkerMessage.Refusal> refusals = new ArrayList<>();
      agent.received(WorkerMessage.Ack.class).forEach(ack -> refusals.addAll(ack.refusals()));
      assertThat(refusals).extracting(WorkerMessage.Refusal::chunk).containsExactly(0L, 1L, 2L, 3L);
      assertThat(refusals)
          .extracting(refusal -> refusal.reason().split(":", 2)[0])
          .containsExactly("checksum", "time", "time", "host");
      assertThat(agent.isEnded()).isFalse();
    }
    assertThat(count("chunk-checksum")).isPositive();
    assertThat(count("chunk-time")).isPositive();
  }

  @Test
  void aPeerThatNeverReadsIsCutOff() throws IOException {
    long before = count("unread");
    try (var socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(worker.address());
      socket.getOutputStream().write(join(Preface.bytes(), TestAgent.frame(TestAgent.hello())));
      byte[] pings = new byte[13 * 1000];
      byte[] ping = TestAgent.frame(new AgentMessage.Ping(1));
      for (int i = 0; i < 1000; i++) {
        System.arraycopy(ping, 0, pings, i * 13, 13);
      }
      writeUntilCut(socket, pings);
    }
    await().until(() -> count("unread") == before + 1);
  }

  @Test
  void noiseNeverEndsBetterThanClosed() throws IOException {
    var random = new Random(42);
    for (int i = 0; i < 50; i++) {
      byte[] noise = new byte[1 + random.nextInt(2000)];
      random.nextBytes(noise);
      try (TestAgent bad = TestAgent.connect(worker.address(), HostId.random())) {
        bad.send(join(Preface.bytes(), TestAgent.frame(TestAgent.hello()), header(900, 2)));
        bad.send(noise);
      } catch (IOException e) {
        assertThat(e).isNotNull();
      }
    }
    assertThat(good.isEnded()).isFalse();
  }

  private static void writeUntilCut(Socket socket, byte[] bytes) {
    try {
      for (int i = 0; i < 10_000; i++) {
        socket.getOutputStream().write(bytes);
      }
    } catch (IOException e) {
      return;
    }
    throw new AssertionError("130 MB of pings were taken");
  }

  private static long acknowledged(TestAgent agent) {
    return agent.received(WorkerMessage.Ack.class).stream()
        .mapToLong(WorkerMessage.Ack::chunks)
        .max()
        .orElse(0);
  }

  private String exchange(byte[] bytes) throws IOException {
    try (var socket = new Socket(worker.address().getAddress(), worker.address().getPort())) {
      socket.getOutputStream().write(bytes);
      return awaitEnd(socket);
    }
  }

  private static String awaitEnd(Socket socket) throws IOException {
    socket.setSoTimeout(15_000);
    return new String(socket.getInputStream().readAllBytes(), US_ASCII);
  }

  private long count(String reason) {
    return worker.core().refusals().counts().getOrDefault(reason, 0L);
  }

  private static byte[] header(long length, int kind) {
    return new ByteWriter().u32(length).u8(kind).toByteArray();
  }

  private static byte[] longer(byte[] frame) {
    byte[] longer = join(frame, new byte[1]);
    longer[3]++;
    return longer;
  }

  private static byte[] hostNumber(int number) {
    return TestAgent.frame(new AgentMessage.Host(number, Machines.profile(HostId.random(), "far")));
  }

  private static byte[] hostOf(HostId id) {
    return TestAgent.frame(new AgentMessage.Host(0, Machines.profile(id, "chunked")));
  }

  private static byte[] sample(int host, byte[] delta) {
    return TestAgent.frame(new AgentMessage.Sample(host, ByteBuffer.wrap(delta)));
  }

  private static byte[] oldSample() {
    var out = new ByteWriter();
    new io.perfload.common.wire.SampleEncoder(Machines.FORTY.size())
        .encode(Machines.sample(Machines.FORTY, 1_000, 0), out);
    return out.toByteArray();
  }

  private static byte[] hugeSample() {
    var out = new ByteWriter().zigzag(System.currentTimeMillis()).zigzag(0);
    out.u8(1).u8(0).u8(0).u8(0).u8(0).varint(Long.MAX_VALUE);
    return out.toByteArray();
  }

  private static byte[] chunk(HostId id) {
    return TestAgent.frame(chunkOf(id, System.currentTimeMillis() / 60_000 * 60_000));
  }

  private static AgentMessage.Chunk chunkOf(HostId id, long startMs) {
    PackedChunk chunk = Machines.chunk(id, Machines.FORTY, startMs);
    return new AgentMessage.Chunk(ByteBuffer.wrap(chunk.bytes()));
  }

  private static byte[] join(byte[]... parts) {
    var out = new ByteWriter();
    for (byte[] part : parts) {
      out.bytes(part);
    }
    return out.toByteArray();
  }
}
