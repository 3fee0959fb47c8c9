// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the connections that came and have not closed. Any thread. */
final class OpenConnections {
  private final AtomicInteger open = new AtomicInteger();

  /** One for all channels, so that counting costs a connection no memory. */
  private final ChannelFutureListener closed = future -> open.decrementAndGet();

  void add(Channel channel) {
    open.incrementAndGet();
    channel.closeFuture().addListener(closed);
  }

  int count() {
    return open.get();
  }
}
