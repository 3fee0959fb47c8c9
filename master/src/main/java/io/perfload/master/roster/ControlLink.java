// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.roster;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.perfload.common.control.BadControlFrame;
import io.perfload.common.control.ControlCodec;
import io.perfload.common.control.ControlReader;
import io.perfload.common.control.FromMaster;
import io.perfload.common.control.FromWorker;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One worker's control socket. Confined to the door's event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails there is told elsewhere
final class ControlLink extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(ControlLink.class);

  /** Hears a link. Called on the door's event loop. */
  interface Events {
    void said(ControlLink link, FromWorker message);

    void ended(ControlLink link);
  }

  private final EpollDomainSocketChannel channel;
  private final Events events;
  private final ControlReader<FromWorker> reader = ControlReader.ofWorker();

  ControlLink(EpollDomainSocketChannel channel, Events events) {
    this.channel = channel;
    this.events = events;
  }

  /** The pid of the peer as the kernel says, 0 if it is in another pid namespace. */
  int pid() {
    try {
      return channel.peerCredentials().pid();
    } catch (IOException e) {
      return 0;
    }
  }

  void send(FromMaster message) {
    channel.writeAndFlush(Unpooled.wrappedBuffer(ControlCodec.encode(message)));
  }

  /**
   * Sends what will be said again anyway, unless the worker does not read.
   *
   * @param frame shared with other links; left as it is
   */
  void sendIfRead(ByteBuffer frame) {
    if (channel.isWritable()) {
      channel.writeAndFlush(Unpooled.wrappedBuffer(frame.duplicate()));
    }
  }

  void close() {
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      reader.read(bytes.nioBuffer(), frame -> events.said(this, frame));
    } catch (BadControlFrame e) {
      log.warn("Worker spoke garbage: pid={} cause={}", pid(), e.getMessage());
      context.close();
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    events.ended(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("Control socket failed: cause={}", cause.toString());
    context.close();
  }
}
