// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.perfload.common.control.BadControlFrame;
import io.perfload.common.control.ControlCodec;
import io.perfload.common.control.ControlReader;
import io.perfload.common.control.FromMaster;
import io.perfload.common.control.FromWorker;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, or one try, to a master's control socket. Confined to the adopting loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a failure ends the link, and that is told
final class ControlLink extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(ControlLink.class);

  /** Hears a link. Called on the adopting loop. */
  interface Events {
    void connected(ControlLink link);

    void said(ControlLink link, FromMaster message);

    /** Comes once, also for a try that failed. */
    void ended(ControlLink link);
  }

  private final Events events;
  private final ControlReader<FromMaster> reader = ControlReader.ofMaster();
  private @Nullable Channel channel;

  private ControlLink(Events events) {
    this.events = events;
  }

  /** Tries once. */
  static ControlLink connect(Path path, IoEventLoop loop, Events events) {
    var link = new ControlLink(events);
    new Bootstrap()
        .group(loop)
        .channel(EpollDomainSocketChannel.class)
        .handler(link)
        .connect(new DomainSocketAddress(path.toFile()))
        .addListener(
            future -> {
              if (!future.isSuccess()) {
                events.ended(link);
              }
            });
    return link;
  }

  void send(FromWorker message) {
    if (channel != null) {
      channel.writeAndFlush(Unpooled.wrappedBuffer(ControlCodec.encode(message)));
    }
  }

  void close() {
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    events.connected(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      reader.read(bytes.nioBuffer(), frame -> events.said(this, frame));
    } catch (BadControlFrame e) {
      log.warn("Master spoke garbage: cause={}", e.getMessage());
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
