// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.perfload.common.control.DoorCounters;
import io.perfload.common.control.SlotReport;
import io.perfload.common.control.SlotState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port of the worker's own, for a worker without a master: development, and the measure of what a
 * master costs.
 */
@SuppressWarnings("FutureReturnValueIgnored") // timers and closes of this loop
public final class DirectDoor implements Door {
  private static final Logger log = LoggerFactory.getLogger(DirectDoor.class);
  private static final long PAUSE_MILLIS = 100;

  private final String node;
  private final AdoptedSockets sockets;
  private final OpenConnections connections;
  private final AtomicLong accepted = new AtomicLong();
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("adopt"), EpollIoHandler.newFactory());
  private final EpollServerSocketChannel listener = new EpollServerSocketChannel();

  private DirectDoor(String node, AdoptedSockets sockets, AddressLimit limit) {
    this.node = node;
    connections = new OpenConnections(limit);
    this.sockets = sockets;
  }

  /**
   * Listens at {@code address}; returns once it does.
   *
   * @param node what the worker calls itself
   * @throws IOException if it cannot, because the port is taken for one
   */
  public static DirectDoor open(
      InetSocketAddress address, String node, AdoptedSockets sockets, AddressLimit limit)
      throws IOException {
    var door = new DirectDoor(node, sockets, limit);
    door.listener.config().setReuseAddress(true);
    door.listener.pipeline().addLast(door.new Acceptor());
    door.group.register(door.listener).syncUninterruptibly();
    ChannelFuture bound = door.listener.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      door.close();
      throw new IOException("cannot listen at " + address, bound.cause());
    }
    return door;
  }

  private final class Acceptor extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      var channel = (EpollSocketChannel) message;
      accepted.incrementAndGet();
      connections.admit(channel, sockets);
    }

    /** Out of descriptors, most likely: the backlog waits a moment. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      log.debug("Accept failed: cause={}", cause.toString());
      Channel channel = context.channel();
      channel.config().setAutoRead(false);
      context
          .executor()
          .schedule(() -> channel.config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Where the door is. */
  public InetSocketAddress address() {
    return listener.localAddress();
  }

  @Override
  public DoorView view() {
    long count = accepted.get();
    long pid = ProcessHandle.current().pid();
    var slot = new SlotReport(0, pid, SlotState.LIVE, connections.count(), count, 0);
    var counters = new DoorCounters(count, 0, 0, 0, 0, count, 0, 0, 0, 0, 0);
    return new DoorView(node, OptionalInt.of(0), true, counters, List.of(slot));
  }

  @Override
  public int connections() {
    return connections.count();
  }

  @Override
  public CompletableFuture<Void> leave(Duration within) {
    var left = new CompletableFuture<Void>();
    listener.close().addListener(future -> left.complete(null));
    return left.completeOnTimeout(null, within.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
