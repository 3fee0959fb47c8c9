// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Gives a request so long to be whole: {@value #WHOLE_S} s from the connection's begin, or from the
 * first byte of a later one, which may be {@value #IDLE_S} s in coming. Confined to the channel's
 * event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel
final class RequestDeadline extends ChannelInboundHandlerAdapter {
  static final int WHOLE_S = 10;
  static final int IDLE_S = 60;

  private Optional<ScheduledFuture<?>> alarm = Optional.empty();
  private boolean idle;

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    if (ctx.channel().isRegistered()) {
      expectWhole(ctx);
    }
  }

  @Override
  public void channelRegistered(ChannelHandlerContext ctx) {
    expectWhole(ctx);
    ctx.fireChannelRegistered();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (idle) {
      expectWhole(ctx);
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    stop();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stop();
    ctx.fireChannelInactive();
  }

  /** A whole request has come: nobody has to hurry until it is answered. */
  void requestCame() {
    stop();
  }

  /** The answer has gone: another request may come. */
  void answered(ChannelHandlerContext ctx) {
    set(ctx, IDLE_S, () -> ctx.close());
    idle = true;
  }

  /** Whether a request was answered and nothing has come of the next one. */
  boolean isIdle() {
    return idle;
  }

  private void expectWhole(ChannelHandlerContext ctx) {
    set(ctx, WHOLE_S, () -> ctx.fireUserEventTriggered(Late.REQUEST));
  }

  private void set(ChannelHandlerContext ctx, int seconds, Runnable late) {
    stop();
    alarm = Optional.of(ctx.executor().schedule(late, seconds, TimeUnit.SECONDS));
  }

  private void stop() {
    idle = false;
    alarm.ifPresent(running -> running.cancel(false));
    alarm = Optional.empty();
  }

  /** Somebody took too long. */
  enum Late {
    REQUEST
  }
}
