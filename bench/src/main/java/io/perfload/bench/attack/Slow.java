// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.attack;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageEncoder;
import io.perfload.common.wire.Preface;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Says a byte every two seconds of something that begins well, or nothing at all. */
final class Slow extends BadPeer {
  /** In turn. */
  static final List<Kind> KINDS = List.of(Kind.values());

  private static final long EVERY_MS = 2_000;

  private final Kind kind;
  private int said;

  Slow(AttackTally tally, Kind kind, Runnable again) {
    super(tally, again);
    this.kind = kind;
  }

  @Override
  void begin(ChannelHandlerContext context) {
    if (kind.words.length > 0) {
      say(context);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a failed write ends the connection
  private void say(ChannelHandlerContext context) {
    if (isGone()) {
      return;
    }
    ByteBuf one = Unpooled.buffer(1).writeByte(kind.words[said++ % kind.words.length]);
    context.writeAndFlush(one, context.voidPromise());
    tally().bytes.increment();
    context.executor().schedule(() -> say(context), EVERY_MS, TimeUnit.MILLISECONDS);
  }

  private static byte[] agent() {
    var out = new ByteWriter();
    out.bytes(Preface.bytes());
    new AgentMessageEncoder(out).write(new AgentMessage.Hello("x".repeat(100), 1, 1, ""));
    return out.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** What it begins to say. */
  @SuppressWarnings("ImmutableEnumChecker") // nobody writes to the words
  enum Kind {
    AGENT(agent()),
    HEAD(text("GET /api/v1/hosts HTTP/1.1\r\nHost: x\r\nX-Slow: " + "x".repeat(4000))),
    NOTHING(text(""));

    private final byte[] words;

    Kind(byte[] words) {
      this.words = words;
    }
  }
}
