// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewcomersTest {
  private final AtomicLong now = new AtomicLong();
  private final Refusals refusals = new Refusals();
  private final List<String> installed = new ArrayList<>();
  private final Newcomers newcomers =
      new Newcomers(
          new Protocols(pipeline -> installed.add("agent"), pipeline -> installed.add("http")),
          refusals,
          now::get);

  @Test
  void theFirstByteTellsAgentsFromHttp() {
    EmbeddedChannel agent = arrive();
    EmbeddedChannel http = arrive();

    agent.writeInbound(Unpooled.wrappedBuffer(new byte[] {(byte) 0xF5}));
    http.writeInbound(Unpooled.copiedBuffer("P", US_ASCII));

    assertThat(installed).containsExactly("agent", "http");
    ByteBuf passedOn = agent.readInbound();
    assertThat(passedOn.readableBytes()).isEqualTo(1);
    passedOn.release();
    agent.finishAndReleaseAll();
    http.finishAndReleaseAll();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 'a', '[', '@', 0xF4, 0xFF, 0x80, ' '})
  void anyOtherFirstByteIsCountedAndClosed(int first) {
    EmbeddedChannel channel = arrive();

    channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {(byte) first, 1, 2}));

    assertThat(channel.isOpen()).isFalse();
    assertThat(refusals.counts()).containsOnlyKeys("protocol");
    assertThat(installed).isEmpty();
    assertThat(newcomers.size()).isZero();
  }

  @Test
  void tlsIsCountedAsSuch() {
    EmbeddedChannel channel = arrive();

    channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x16, 3, 1}));

    assertThat(channel.isOpen()).isFalse();
    assertThat(refusals.counts()).containsOnlyKeys("tls");
  }

  @Test
  void whoIsAnsweredIsNoNewcomerAnyMore() {
    EmbeddedChannel channel = arrive();
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {(byte) 0xF5}));

    channel.writeOutbound(Unpooled.wrappedBuffer(new byte[] {1}));
    now.addAndGet(Newcomers.PATIENCE.toNanos());
    newcomers.sweep();

    assertThat(newcomers.size()).isZero();
    assertThat(channel.isOpen()).isTrue();
    assertThat(channel.pipeline().names()).doesNotContain("newcomer");
    channel.finishAndReleaseAll();
  }

  @Test
  void whoTakesTooLongIsClosedInTheOrderOfArrival() {
    EmbeddedChannel first = arrive();
    EmbeddedChannel gone = arrive();
    now.addAndGet(1);
    EmbeddedChannel last = arrive();

    gone.close().syncUninterruptibly();
    now.addAndGet(Newcomers.PATIENCE.toNanos() - 1);
    newcomers.sweep();

    assertThat(first.isOpen()).isFalse();
    assertThat(last.isOpen()).isTrue();
    assertThat(refusals.counts()).containsEntry("slow", 1L);
    assertThat(newcomers.size()).isEqualTo(1);
    last.finishAndReleaseAll();
  }

  private EmbeddedChannel arrive() {
    var channel = new EmbeddedChannel();
    channel.pipeline().addLast("newcomer", newcomers.newcomer());
    return channel;
  }
}
