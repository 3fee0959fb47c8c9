// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.proxy;

import io.netty.buffer.ByteBuf;

/** Sees what both ends of one connection say, before it is passed on. On its event loop. */
public interface Tap {
  /** Sees nothing. */
  Tap NONE =
      new Tap() {
        @Override
        public void fromClient(ByteBuf bytes) {}

        @Override
        public void fromServer(ByteBuf bytes) {}
      };

  /** The client said {@code bytes}; must leave the indices as they are. */
  void fromClient(ByteBuf bytes);

  /** The server said {@code bytes}; must leave the indices as they are. */
  void fromServer(ByteBuf bytes);
}
