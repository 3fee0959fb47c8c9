// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.proxy;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.util.Optional;

/** One client and the server it talks to. Confined to the client's event loop, but for requests. */
@SuppressWarnings("FutureReturnValueIgnored") // how closes went shows on the channels
final class ProxyConnection {
  private final FaultProxy proxy;
  private final SocketChannel client;
  private final Tap tap;
  private final long number;
  private boolean connecting;
  private boolean over;
  private Optional<SocketChannel> server = Optional.empty();
  private Optional<Leg> there = Optional.empty();
  private Optional<Leg> back = Optional.empty();

  ProxyConnection(FaultProxy proxy, SocketChannel client, Tap tap, long number) {
    this.proxy = proxy;
    this.client = client;
    this.tap = tap;
    this.number = number;
  }

  /** Goes on to the server, unless nothing gets through now. */
  void begin() {
    if (connecting || over) {
      return;
    }
    if (proxy.weather().kind() == Weather.Kind.PARTITION) {
      proxy.counts().disturbed.increment();
      return;
    }
    connecting = true;
    proxy.connect(this, client);
  }

  void connected(SocketChannel channel) {
    if (over) {
      channel.close();
      return;
    }
    server = Optional.of(channel);
    var out = new Leg(proxy, this, client, channel, tap::fromClient, 2 * number);
    var in = new Leg(proxy, this, channel, client, tap::fromServer, 2 * number + 1);
    there = Optional.of(out);
    back = Optional.of(in);
    client.pipeline().addLast(out);
    channel.pipeline().addLast(in);
    client.config().setAutoRead(true);
    channel.config().setAutoRead(true);
  }

  /** Any thread. */
  void weatherChanged() {
    client.eventLoop().execute(this::proceed);
  }

  /** Does what can be done now. */
  void proceed() {
    begin();
    there.ifPresent(Leg::pump);
    back.ifPresent(Leg::pump);
  }

  /** One direction has nothing more to carry. */
  void legEnded() {
    if (there.filter(Leg::isOver).isPresent() && back.filter(Leg::isOver).isPresent()) {
      close();
    }
  }

  /** The client went before there was a server to tell. */
  void clientClosed() {
    if (server.isEmpty()) {
      close();
    }
  }

  /** Any thread. */
  void end() {
    client.eventLoop().execute(this::close);
  }

  /** Ends both sides as if they had finished. */
  void close() {
    if (over) {
      return;
    }
    over = true;
    there.ifPresent(Leg::drop);
    back.ifPresent(Leg::drop);
    client.close();
    server.ifPresent(SocketChannel::close);
    proxy.ended(this);
  }

  /** Ends both sides with a reset. */
  void reset() {
    linger(client);
    server.ifPresent(ProxyConnection::linger);
    close();
  }

  private static void linger(SocketChannel channel) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
  }
}
