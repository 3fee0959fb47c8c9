// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.testing;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.perfload.worker.WorkerCore;
import io.perfload.worker.fleet.Place;
import io.perfload.worker.history.ChunkIntake;
import io.perfload.worker.history.HostStore;
import io.perfload.worker.redis.RedisAddress;
import io.perfload.worker.session.SessionRules;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A whole worker but for its history and its HTTP, behind a port of its own. */
@SuppressWarnings("FutureReturnValueIgnored")
public final class TestWorker implements AutoCloseable {
  private final WorkerCore core;
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final EpollServerSocketChannel listener = new EpollServerSocketChannel();
  private final Place place;
  private boolean closed;

  private TestWorker(
      URI redis, String node, int slot, SessionRules rules, ChunkIntake intake, HostStore hosts) {
    place = new Place(UUID.randomUUID(), node, slot);
    var where = new AtomicReference<>(place);
    core =
        new WorkerCore(
            new RedisAddress(redis),
            "perfload",
            2,
            rules,
            place.instance(),
            where::get,
            intake,
            hosts);
  }

  public static TestWorker start(URI redis, String node, int slot) {
    return start(
        redis, node, slot, SessionRules.DEFAULTS, MemoryIntake.storing(), new MemoryHostStore());
  }

  public static TestWorker start(
      URI redis, String node, int slot, SessionRules rules, ChunkIntake intake, HostStore hosts) {
    var worker = new TestWorker(redis, node, slot, rules, intake, hosts);
    worker.core.start(pipeline -> pipeline.addLast(new Teapot()));
    worker.listen();
    return worker;
  }

  public InetSocketAddress address() {
    return listener.localAddress();
  }

  public WorkerCore core() {
    return core;
  }

  public Place place() {
    return place;
  }

  /** As if the process was killed: nothing is said to anybody. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    listener.close().syncUninterruptibly();
    try {
      core.stop(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private void listen() {
    listener.pipeline().addLast(new Acceptor());
    group.register(listener).syncUninterruptibly();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).syncUninterruptibly();
  }

  private final class Acceptor extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      core.take((Channel) message);
    }
  }

  /** Answers every HTTP request once it has an empty line, and closes. */
  private static final class Teapot extends ChannelInboundHandlerAdapter {
    private final StringBuilder request = new StringBuilder();

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      var bytes = (io.netty.buffer.ByteBuf) message;
      request.append(bytes.toString(java.nio.charset.StandardCharsets.US_ASCII));
      bytes.release();
      if (request.indexOf("\r\n\r\n") >= 0) {
        byte[] answer =
            "HTTP/1.1 418 I'm a teapot\r\nContent-Length: 0\r\n\r\n"
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        ctx.writeAndFlush(Unpooled.wrappedBuffer(answer)).addListener(ChannelFutureListener.CLOSE);
      }
    }
  }
}
