// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.protocol;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.FrameKind;
import io.perfload.common.wire.Preface;
import io.perfload.worker.testing.AllocatedBytes;
import io.perfload.worker.testing.TestAgent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgentFramesTest {
  @Property(tries = 200)
  void framesAreFoundHoweverTheBytesAreCut(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 3000) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 5000) int cut) {
    var heard = new Heard();
    var channel = new EmbeddedChannel(new AgentFrames(heard));
    byte[] bytes = stream(sizes);

    for (int from = 0; from < bytes.length; from += cut) {
      int length = Math.min(cut, bytes.length - from);
      channel.writeInbound(Unpooled.copiedBuffer(bytes, from, length));
    }

    assertThat(heard.sizes).isEqualTo(sizes);
    assertThat(heard.frames().isMidFrame()).isFalse();
    channel.finishAndReleaseAll();
  }

  @Test
  void nothingIsHandedOnWhileItIsPaused() {
    var heard = new Heard();
    heard.pauseAfter = 2;
    var channel = new EmbeddedChannel(new AgentFrames(heard));

    channel.writeInbound(Unpooled.wrappedBuffer(stream(List.of(1, 2, 3, 4))));
    channel.writeInbound(Unpooled.wrappedBuffer(frame(5)));

    assertThat(heard.sizes).containsExactly(1, 2);
    assertThat(channel.config().isAutoRead()).isFalse();

    heard.frames().resume(heard.ctx());

    assertThat(heard.sizes).containsExactly(1, 2, 3, 4, 5);
    assertThat(channel.config().isAutoRead()).isTrue();
    channel.finishAndReleaseAll();
  }

  @Test
  void everyBufferIsReleased() {
    var channel = new EmbeddedChannel(new AgentFrames(new Heard()));
    ByteBuf bytes = Unpooled.copiedBuffer(stream(List.of(10, 20)));

    channel.writeInbound(bytes);

    assertThat(bytes.refCnt()).isZero();
    channel.finishAndReleaseAll();
  }

  @Test
  void aFrameInManyPiecesIsNotCopiedForEachOfThem() {
    byte[] bytes = stream(List.of(1 << 20));
    long bound = 32L << 20;

    assertThat(AllocatedBytes.by(() -> sendInPieces(bytes, 64), bound)).isLessThan(bound);
  }

  @Test
  void aLengthIsJudgedBeforeItsBytesAreKept() {
    var heard = new Heard();
    var channel = new EmbeddedChannel(new AgentFrames(heard));

    channel.writeInbound(Unpooled.wrappedBuffer(Preface.bytes()));
    channel.writeInbound(
        Unpooled.wrappedBuffer(new ByteWriter().u32(0x7fff_ffff).u8(1).toByteArray()));

    assertThat(heard.malformed).containsExactly("length");
    assertThat(heard.frames().isMidFrame()).isFalse();
    channel.finishAndReleaseAll();
  }

  @Test
  void anEndWithinAFrameIsTold() {
    var heard = new Heard();
    var channel = new EmbeddedChannel(new AgentFrames(heard));

    channel.writeInbound(Unpooled.wrappedBuffer(Preface.bytes()));
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0, 0}));
    channel.close().syncUninterruptibly();

    assertThat(heard.ends).containsExactly(true);
    channel.finishAndReleaseAll();
  }

  private static void sendInPieces(byte[] bytes, int length) {
    var heard = new Heard();
    var channel = new EmbeddedChannel(new AgentFrames(heard));
    for (int from = 0; from < bytes.length; from += length) {
      channel.writeInbound(
          Unpooled.wrappedBuffer(bytes, from, Math.min(length, bytes.length - from)));
    }
    assertThat(heard.sizes).hasSize(1);
    channel.finishAndReleaseAll();
  }

  private static byte[] stream(List<Integer> sizes) {
    var out = new ByteWriter().bytes(Preface.bytes());
    sizes.forEach(size -> out.bytes(frame(size)));
    return out.toByteArray();
  }

  private static byte[] frame(int size) {
    return TestAgent.frame(new AgentMessage.Chunk(ByteBuffer.wrap(new byte[size])));
  }

  private static final class Heard implements FrameListener {
    final List<Integer> sizes = new ArrayList<>();
    final List<String> malformed = new ArrayList<>();
    final List<Boolean> ends = new ArrayList<>();
    int pauseAfter = Integer.MAX_VALUE;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable AgentFrames frames;

    ChannelHandlerContext ctx() {
      return requireNonNull(ctx);
    }

    AgentFrames frames() {
      return requireNonNull(frames);
    }

    @Override
    public void opened(ChannelHandlerContext ctx, AgentFrames frames) {
      this.ctx = ctx;
      this.frames = frames;
    }

    @Override
    public void announced(FrameKind kind) {}

    @Override
    public void frame(FrameKind kind, ByteBuffer payload) {
      sizes.add(payload.remaining());
      if (sizes.size() == pauseAfter) {
        frames().pause(ctx());
      }
    }

    @Override
    public void malformed(Malformed cause) {
      malformed.add(cause.fault().label());
    }

    @Override
    public void readComplete() {}

    @Override
    public void writable(boolean writable) {}

    @Override
    public void closed(boolean midFrame) {
      ends.add(midFrame);
    }
  }
}
