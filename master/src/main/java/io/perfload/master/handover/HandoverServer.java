// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.handover;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDomainSocketChannel;

/** Greets each worker that connects to {@code handover.sock}. Confined to the door's event loop. */
public final class HandoverServer extends ChannelInboundHandlerAdapter {
  private final HandoverLink.Events events;

  public HandoverServer(HandoverLink.Events events) {
    this.events = events;
  }

  @Override
  public boolean isSharable() {
    return true;
  }

  @Override
  public void channelRegistered(ChannelHandlerContext context) {
    var channel = (EpollDomainSocketChannel) context.channel();
    context.pipeline().replace(this, "link", new HandoverLink(channel, events));
  }
}
