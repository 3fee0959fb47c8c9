// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.attack;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.perfload.common.wire.FrameKind;
import io.perfload.common.wire.Preface;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Announces, or just says, more than anybody may, and goes on as long as somebody listens. */
final class Oversize extends BadPeer {
  /** In turn. */
  static final List<Kind> KINDS = List.of(Kind.values());

  private static final int CHUNK_BYTES = 16 << 10;
  private static final int MOST_BYTES = 256 << 10;
  private static final ByteBuf CHUNK =
      Unpooled.unreleasableBuffer(Unpooled.directBuffer(CHUNK_BYTES).writeZero(CHUNK_BYTES));

  private final Kind kind;
  private int written;

  Oversize(AttackTally tally, Kind kind, Runnable again) {
    super(tally, again);
    this.kind = kind;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // a failed write ends the connection
  void begin(ChannelHandlerContext context) {
    context.writeAndFlush(Unpooled.wrappedBuffer(kind.words), context.voidPromise());
    goOn(context);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    goOn(context);
  }

  private void goOn(ChannelHandlerContext context) {
    while (!isGone() && written < MOST_BYTES && context.channel().isWritable()) {
      written += CHUNK_BYTES;
      tally().bytes.add(CHUNK_BYTES);
      say(context);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a failed write ends the connection
  private static void say(ChannelHandlerContext context) {
    context.writeAndFlush(CHUNK.duplicate(), context.voidPromise());
  }

  private static byte[] frame(int length) {
    byte[] preface = Preface.bytes();
    return ByteBuffer.allocate(preface.length + FrameKind.HEADER_BYTES)
        .put(preface)
        .putInt(length)
        .put((byte) FrameKind.HELLO.code())
        .array();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** What it begins with. */
  @SuppressWarnings("ImmutableEnumChecker") // nobody writes to the words
  enum Kind {
    FRAME(frame(Integer.MAX_VALUE)),
    FRAME_BEYOND_SIGN(frame(-1)),
    HEAD(text("GET / HTTP/1.1\r\nX-Large: ")),
    LINE(text("GET /")),
    BODY(text("POST /api/v1/hosts HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n"));

    private final byte[] words;

    Kind(byte[] words) {
      this.words = words;
    }
  }
}
