// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Listens at one address and passes every connection on to another, as well as the {@link Weather}
 * lets it; that can be changed at any time, and changes the connections that are there. Any thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // how connects and closes went shows on the channels
public final class FaultProxy implements AutoCloseable {
  private final EventLoopGroup loops;
  private final InetSocketAddress server;
  private final InetAddress source;
  private final Supplier<Tap> taps;
  private final ProxyCounts counts = new ProxyCounts();
  private final Set<ProxyConnection> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong numbers = new AtomicLong();
  private final Channel listener;
  private volatile Weather weather = Weather.CALM;

  /**
   * Listens.
   *
   * @param listen where; port 0 takes any free one
   * @param source the address that {@code server} sees
   * @param taps gives each connection its own
   * @throws IOException when it cannot listen there
   */
  public FaultProxy(
      EventLoopGroup loops,
      InetSocketAddress listen,
      InetSocketAddress server,
      InetAddress source,
      Supplier<Tap> taps)
      throws IOException {
    this.loops = loops;
    this.server = server;
    this.source = source;
    this.taps = taps;
    this.listener = listen(listen);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  public ProxyCounts counts() {
    return counts;
  }

  /** How many connections go through it now. */
  public int connections() {
    return open.size();
  }

  /** Changes what it does from now on. */
  public void set(Weather next) {
    weather = next;
    open.forEach(ProxyConnection::weatherChanged);
  }

  /** Ends all. */
  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    open.forEach(ProxyConnection::end);
  }

  Weather weather() {
    return weather;
  }

  private Channel listen(InetSocketAddress address) throws IOException {
    var bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel client) {
                    accepted(client);
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("cannot listen at " + address, bound.cause());
    }
    return bound.channel();
  }

  private void accepted(SocketChannel client) {
    counts.connections.increment();
    long number = numbers.incrementAndGet();
    var connection = new ProxyConnection(this, client, taps.get(), number);
    open.add(connection);
    client.closeFuture().addListener(future -> connection.clientClosed());
    connection.begin();
  }

  /** Goes on to the server on the client's event loop. */
  void connect(ProxyConnection connection, SocketChannel client) {
    new Bootstrap()
        .group(client.eventLoop())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel ignored) {}
            })
        .connect(server, new InetSocketAddress(source, 0))
        .addListener(
            (ChannelFutureListener)
                connected -> {
                  if (connected.isSuccess()) {
                    connection.connected((SocketChannel) connected.channel());
                  } else {
                    connection.reset();
                  }
                });
  }

  void ended(ProxyConnection connection) {
    open.remove(connection);
  }
}
