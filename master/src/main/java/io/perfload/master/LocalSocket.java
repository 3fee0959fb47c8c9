// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens at a Unix socket for processes of this user; others are closed before a byte is read. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails there is told elsewhere
final class LocalSocket {
  private static final Logger log = LoggerFactory.getLogger(LocalSocket.class);

  private final IoEventLoopGroup loop;
  private final int user;

  LocalSocket(IoEventLoopGroup loop) throws IOException {
    this.loop = loop;
    this.user = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  /** Binds, replacing what an earlier master left there. */
  Channel listen(Path path, DomainSocketReadMode mode, ChannelHandler handler) throws IOException {
    Files.deleteIfExists(path);
    return new ServerBootstrap()
        .group(loop)
        .channel(EpollServerDomainSocketChannel.class)
        .childOption(UnixChannelOption.DOMAIN_SOCKET_READ_MODE, mode)
        .childHandler(new Entrance(handler))
        .bind(new DomainSocketAddress(path.toFile()))
        .syncUninterruptibly()
        .channel();
  }

  private final class Entrance extends ChannelInitializer<EpollDomainSocketChannel> {
    private final ChannelHandler handler;

    Entrance(ChannelHandler handler) {
      this.handler = handler;
    }

    @Override
    protected void initChannel(EpollDomainSocketChannel channel) throws IOException {
      int peer = channel.peerCredentials().uid();
      if (peer == user) {
        channel.pipeline().addLast(handler);
      } else {
        log.warn("Local connection of another user refused: uid={}", peer);
        channel
            .pipeline()
            .addLast(
                new ChannelInboundHandlerAdapter() {
                  @Override
                  public void channelActive(ChannelHandlerContext context) {
                    context.close();
                  }
                });
      }
    }
  }
}
