// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import io.netty.channel.epoll.EpollSocketChannel;

/** Takes the connections that come through the door. */
@FunctionalInterface
public interface AdoptedSockets {
  /**
   * A connection is ours. Called on the adopting loop, which must not wait: give the channel its
   * pipeline and register it with a loop that serves connections.
   *
   * @param channel active, in no event loop yet, nothing read from it yet. Whoever does not
   *     register it must close its descriptor: {@code channel.fd().close()}
   */
  void adopted(EpollSocketChannel channel);
}
