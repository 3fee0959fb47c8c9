// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import io.perfload.common.config.HostPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Opens a connection to a name: tries its addresses one after the other. */
final class Connector {
  private static final long TIMEOUT_MS = 5_000;
  private static final int SEND_BUFFER = 64 << 10;

  private final Selector selector;
  private final LongSupplier nanoTime;
  private final BooleanSupplier stopping;

  Connector(Selector selector, LongSupplier nanoTime, BooleanSupplier stopping) {
    this.selector = selector;
    this.nanoTime = nanoTime;
    this.stopping = stopping;
  }

  /**
   * Returns a connected channel that does not block.
   *
   * @throws IOException with the reason of the last address, if none can be reached
   */
  SocketChannel open(HostPort server) throws IOException {
    IOException last = new ConnectException("stopped");
    InetAddress[] addresses = addressesOf(server);
    for (int i = 0; i < addresses.length && !stopping.getAsBoolean(); i++) {
      SocketChannel channel = SocketChannel.open();
      try {
        connect(channel, new InetSocketAddress(addresses[i], server.port()));
        return channel;
      } catch (IOException | RuntimeException e) {
        channel.close();
        last = new ConnectException(addresses[i].getHostAddress() + ": " + e.getMessage());
      }
    }
    throw last;
  }

  private static InetAddress[] addressesOf(HostPort server) throws IOException {
    try {
      return InetAddress.getAllByName(server.host());
    } catch (UnknownHostException e) {
      throw new ConnectException("the name " + server.host() + " has no address");
    }
  }

  private void connect(SocketChannel channel, InetSocketAddress address) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
    if (channel.connect(address)) {
      return;
    }
    SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
    long until = nanoTime.getAsLong() + TIMEOUT_MS * 1_000_000;
    while (!channel.finishConnect()) {
      long left = (until - nanoTime.getAsLong()) / 1_000_000;
      if (left <= 0 || stopping.getAsBoolean()) {
        throw new SocketTimeoutException("no answer within " + TIMEOUT_MS + " ms");
      }
      selector.selectedKeys().clear();
      selector.select(left);
    }
    key.cancel();
    selector.selectedKeys().clear();
    selector.selectNow();
  }
}
