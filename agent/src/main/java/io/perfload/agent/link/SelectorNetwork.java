// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;

/** TCP. Confined to the link's thread, but for {@link #wake}. */
final class SelectorNetwork implements Network, AutoCloseable {
  private static final int SEND_BUFFER = 64 << 10;
  private static final long NANOS_PER_MS = 1_000_000;

  private final Selector selector;

  SelectorNetwork() throws IOException {
    selector = Selector.open();
  }

  @Override
  public List<InetAddress> addressesOf(String host) throws IOException {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      throw new ConnectException("the name " + host + " has no address");
    }
  }

  @Override
  public Wire dial(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      return new ChannelWire(channel, selector, address);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Waits until something happens on a wire, or {@link #wake}, or the time is over. */
  void await(long nanos) throws IOException {
    selector.selectedKeys().clear();
    long millis = nanos / NANOS_PER_MS;
    if (millis > 0) {
      selector.select(millis);
    } else {
      selector.selectNow();
    }
  }

  /** Any thread. */
  void wake() {
    selector.wakeup();
  }

  @Override
  public void close() throws IOException {
    selector.close();
  }

  private static final class ChannelWire implements Wire {
    private final SocketChannel channel;
    private final SelectionKey key;

    ChannelWire(SocketChannel channel, Selector selector, InetSocketAddress address)
        throws IOException {
      this.channel = channel;
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
      boolean connected = channel.connect(address);
      key = channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
    }

    @Override
    public boolean isConnected() throws IOException {
      if (!channel.isConnected() && channel.finishConnect()) {
        key.interestOps(SelectionKey.OP_READ);
      }
      return channel.isConnected();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      return channel.read(into);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      channel.write(bytes);
    }

    @Override
    public void wantToWrite(boolean wanted) {
      key.interestOps(wanted ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    @Override
    public void shutdownOutput() throws IOException {
      channel.shutdownOutput();
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
