// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.roster;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDomainSocketChannel;

/**
 * Welcomes each worker that connects to {@code control.sock}. Confined to the door's event loop.
 */
public final class ControlServer extends ChannelInboundHandlerAdapter {
  private final Roster roster;

  public ControlServer(Roster roster) {
    this.roster = roster;
  }

  @Override
  public boolean isSharable() {
    return true;
  }

  @Override
  public void channelRegistered(ChannelHandlerContext context) {
    var channel = (EpollDomainSocketChannel) context.channel();
    context.pipeline().replace(this, "link", new ControlLink(channel, roster.control()));
  }
}
