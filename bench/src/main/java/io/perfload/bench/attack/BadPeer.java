// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.attack;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** A peer that never ends its connection itself. Confined to the channel's event loop. */
abstract class BadPeer extends ChannelInboundHandlerAdapter {
  private final AttackTally tally;
  private final Runnable again;
  private boolean opened;
  private boolean gone;

  /**
   * @param again called once, when the connection is gone or never came to be
   */
  BadPeer(AttackTally tally, Runnable again) {
    this.tally = tally;
    this.again = again;
  }

  AttackTally tally() {
    return tally;
  }

  boolean isGone() {
    return gone;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    opened = true;
    tally.opened.increment();
    begin(context);
  }

  /** The connection is made. */
  abstract void begin(ChannelHandlerContext context);

  /** Answers are of no interest; that they end is. */
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // nothing follows from the outcome
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  @Override
  public void channelUnregistered(ChannelHandlerContext context) {
    if (gone) {
      return;
    }
    gone = true;
    (opened ? tally.ended : tally.refused).increment();
    again.run();
  }
}
