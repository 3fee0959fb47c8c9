// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Fault;
import io.perfload.common.wire.Preface;
import io.perfload.common.wire.WorkerMessage;
import io.perfload.common.wire.WorkerMessageCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands at the head of a new connection's pipeline: the first byte decides what the connection
 * becomes, the first answer that passes on its way out lets it go. Confined to the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // how writes and closes went shows on the channel
final class Newcomer extends ChannelDuplexHandler {
  private static final int TLS_HANDSHAKE = 0x16;

  final Newcomers list;
  long arrivedAt;
  boolean waiting;
  @Nullable Newcomer before;
  @Nullable Newcomer after;

  private @Nullable ChannelHandlerContext ctx;
  private Supplier<ByteBuf> apology = () -> Unpooled.EMPTY_BUFFER;
  private boolean known;
  private boolean refused;

  Newcomer(Newcomers list) {
    this.list = list;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    this.ctx = ctx;
    list.join(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    list.leave(this);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    list.leave(this);
    ctx.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (known) {
      ctx.fireChannelRead(message);
      return;
    }
    ByteBuf bytes = (ByteBuf) message;
    if (refused || !bytes.isReadable()) {
      bytes.release();
      return;
    }
    become(ctx, bytes);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ctx.write(message, promise);
    ctx.pipeline().remove(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (known || !(cause instanceof IOException)) {
      ctx.fireExceptionCaught(cause);
      return;
    }
    ctx.close();
  }

  /** Tells the peer, if it is known how, and closes. */
  void tooSlow() {
    if (ctx != null) {
      ctx.writeAndFlush(apology.get()).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void become(ChannelHandlerContext ctx, ByteBuf bytes) {
    int first = bytes.getUnsignedByte(bytes.readerIndex());
    if (first == Preface.FIRST_BYTE) {
      become(ctx, bytes, list.protocols().agent(), Newcomer::failure);
    } else if (first >= 'A' && first <= 'Z') {
      become(ctx, bytes, list.protocols().http(), Newcomer::requestTimeout);
    } else {
      bytes.release();
      refused = true;
      list.count(first == TLS_HANDSHAKE ? "tls" : "protocol");
      ctx.close();
    }
  }

  private void become(
      ChannelHandlerContext ctx,
      ByteBuf bytes,
      ProtocolPipeline protocol,
      Supplier<ByteBuf> apology) {
    known = true;
    this.apology = apology;
    protocol.install(ctx.pipeline());
    ctx.fireChannelRead(bytes);
  }

  private static ByteBuf failure() {
    var out = new ByteWriter();
    WorkerMessageCodec.encode(
        new WorkerMessage.Failure(
            Fault.SLOW.label(),
            "No whole frame came within "
                + Newcomers.PATIENCE.toSeconds()
                + " s of the connection's start."),
        out);
    return Unpooled.wrappedBuffer(out.view());
  }

  private static ByteBuf requestTimeout() {
    return Unpooled.copiedBuffer(
        "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        StandardCharsets.US_ASCII);
  }
}
