// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.epoll.EpollSocketChannel;
import io.perfload.common.route.ClientKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections that came and have not closed: how many there are in all and, but for those that
 * are allowed any number, from each address. Any thread.
 */
final class OpenConnections {
  private final AddressLimit limit;
  private final AddressCounts addresses = new AddressCounts(ThreadLocalRandom.current().nextLong());
  private final AtomicInteger open = new AtomicInteger();

  /** One for all channels, so that counting costs a connection no memory. */
  private final ChannelFutureListener closed = future -> forget(future.channel());

  OpenConnections(AddressLimit limit) {
    this.limit = limit;
  }

  /**
   * Counts the connection and passes it on, or closes it: if its address has too many, or what it
   * is passed to fails.
   *
   * @param channel in no event loop yet
   */
  void admit(EpollSocketChannel channel, AdoptedSockets to) {
    if (!enter(channel)) {
      close(channel);
      limit.exceeded().run();
      return;
    }
    open.incrementAndGet();
    try {
      to.adopted(channel);
    } catch (RuntimeException e) {
      // it is in no event loop, so its future would never tell
      forget(channel);
      close(channel);
      throw e;
    }
    channel.closeFuture().addListener(closed);
  }

  private boolean enter(Channel channel) {
    return !isLimited(channel) || addresses.enter(client(channel), limit.connections());
  }

  private void forget(Channel channel) {
    open.decrementAndGet();
    if (isLimited(channel)) {
      addresses.leave(client(channel));
    }
  }

  private boolean isLimited(Channel channel) {
    return channel.remoteAddress() != null && !limit.allowed().contains(client(channel));
  }

  /** The channel remembers its peer's address, also when it is closed. */
  private static long client(Channel channel) {
    return ClientKey.of(((InetSocketAddress) channel.remoteAddress()).getAddress());
  }

  private static void close(EpollSocketChannel channel) {
    try {
      channel.fd().close();
    } catch (IOException e) {
      // close(2) frees the descriptor whatever it reports
    }
  }

  int count() {
    return open.get();
  }
}
