// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.protocol;

import io.netty.channel.ChannelPipeline;

/** What a connection becomes once its first bytes have told what it speaks. */
@FunctionalInterface
public interface ProtocolPipeline {
  /**
   * Adds the handlers; the bytes read so far reach them afterwards. On the channel's event loop.
   */
  void install(ChannelPipeline pipeline);
}
