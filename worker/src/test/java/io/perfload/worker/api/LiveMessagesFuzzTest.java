// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.perfload.common.model.HostId;
import io.perfload.worker.fleet.HostState.Status;
import io.perfload.worker.history.HistoryReader;
import io.perfload.worker.history.MemoryChunkStore;
import io.perfload.worker.history.MemorySeriesStore;
import io.perfload.worker.protocol.Refusals;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any lines as what a browser says on a live connection, one after the other. */
class LiveMessagesFuzzTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MOST_LINES = OpRate.A_SECOND;
  private static final HostId KNOWN = HostId.of(0x1234_5678_9abc_def0L, 0x8765_4321_0fed_cba9L);
  private static final Set<String> OPS = Set.of("fleet", "host", "door", "stop");

  private final FakeFleet fleet = new FakeFleet();
  private final FakeFeed feed = new FakeFeed();
  private final LiveHub hub = hub();

  @MethodSource
  @FuzzTest
  void everyMessageIsObeyedOrAnsweredWithAnErrorAndTheConnectionStays(byte[] input)
      throws JsonProcessingException {
    var channel = new EmbeddedChannel();
    LiveConnection connection = hub.admit(channel);
    channel.pipeline().addLast(new LiveHandler(connection, hub, new Refusals()));

    for (String line : lines(input)) {
      channel.writeInbound(new TextWebSocketFrame(line));
      channel.checkException();
      judge(line, connection, answers(channel));
      assertThat(channel.isOpen()).as("open after %s", line).isTrue();
    }

    channel.finishAndReleaseAll();
    assertThat(hub.connections()).isZero();
    assertThat(feed.watched()).isZero();
  }

  static Stream<byte[]> everyMessageIsObeyedOrAnsweredWithAnErrorAndTheConnectionStays() {
    return Stream.of(
            "{\"op\":\"fleet\",\"sort\":\"cpu.utilization\",\"order\":\"desc\",\"filter\":\"web\","
                + "\"offset\":0,\"limit\":40}\n{\"op\":\"stop\",\"what\":\"fleet\"}",
            "{\"op\":\"host\",\"id\":\"" + KNOWN + "\"}\n{\"op\":\"stop\",\"what\":\"host\"}",
            "{\"op\":\"host\",\"id\":\"1-2-3-4-5\"}\n{\"op\":\"host\"}\n{\"op\":\"host\",\"id\":7}",
            "{\"op\":\"door\"}\n{\"op\":\"stop\",\"what\":\"door\"}\n{\"op\":\"stop\"}",
            "{\"op\":\"fleet\",\"sort\":\"cpu.utilisation\"}\n{\"op\":\"fleet\",\"limit\":1e9}",
            "{\"op\":\"fleet\",\"offset\":-1}\n{\"op\":\"fleet\",\"offset\":99999999999999999999}",
            "{\"op\":null}\n[]\n\"fleet\"\n{\n{\"op\":\"\\u0000\\ud800\"}\n{\"op\":\"fly\"}{}",
            "[".repeat(3_000))
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static void judge(String line, LiveConnection connection, List<JsonNode> answers) {
    long errors = answers.stream().filter(one -> one.path("type").asText().equals("error")).count();
    assertThat(errors).as("errors after %s", line).isLessThanOrEqualTo(1);
    String op = op(line);
    if (errors == 1) {
      assertThat(answers).hasSize(1);
      assertThat(answers.get(0).path("message").asText()).isNotBlank().hasSizeLessThan(1_000);
    } else {
      assertThat(OPS).contains(op);
      assertThat(op.equals("fleet") ? connection.window().isPresent() : true).isTrue();
      assertThat(op.equals("door") ? connection.watchesDoor() : true).isTrue();
      assertThat(op.equals("host") ? connection.host().isPresent() : true).isTrue();
    }
  }

  /** What a strict reader takes the line for; empty if it is no message. */
  private static String op(String line) {
    try {
      JsonNode message = MAPPER.readTree(line);
      return message == null ? "" : message.path("op").asText("");
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static List<JsonNode> answers(EmbeddedChannel channel) throws JsonProcessingException {
    List<JsonNode> answers = new ArrayList<>();
    for (Object sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
      assertThat(sent).isInstanceOf(TextWebSocketFrame.class);
      var frame = (TextWebSocketFrame) sent;
      answers.add(MAPPER.readTree(frame.text()));
      frame.release();
    }
    return answers;
  }

  private static List<String> lines(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    return text.lines().limit(MOST_LINES).toList();
  }

  /** What goes through the hub's thread stays there: that has no part in understanding. */
  private LiveHub hub() {
    fleet.put(FakeFleet.host(KNOWN, "web-1", Status.ONLINE, 0.5));
    var hub =
        new LiveHub(
            ApiServer.parts(
                fleet,
                new FakeTails(),
                feed,
                new HistoryReader(new MemoryChunkStore(), new MemorySeriesStore()),
                new Refusals()));
    hub.close();
    return hub;
  }
}
