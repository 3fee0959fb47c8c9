// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection whose peer may still be sending: our side is shut, what comes is thrown away,
 * and the socket is closed when the peer has seen it or after {@value #LINGER_MS} ms. Closing at
 * once would reset the connection and with it the answer that says why. Confined to the channel's
 * event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel
final class LingeringClose extends ChannelInboundHandlerAdapter {
  private static final int LINGER_MS = 1_000;

  /** To be called when the last answer has been flushed. */
  static void begin(ChannelHandlerContext ctx) {
    if (!ctx.channel().isActive() || ctx.pipeline().get(LingeringClose.class) != null) {
      return;
    }
    ctx.pipeline().addFirst(new LingeringClose());
    if (ctx.channel() instanceof DuplexChannel socket) {
      socket.shutdownOutput();
    }
    ctx.channel().config().setAutoRead(true);
    ctx.channel().read();
    ctx.executor().schedule(() -> ctx.channel().close(), LINGER_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    // nobody behind has anything to complete
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
