// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.protocol;

import io.netty.channel.ChannelHandlerContext;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.wire.FrameKind;
import java.nio.ByteBuffer;

/** Who is told what {@link AgentFrames} finds. On the channel's event loop. */
public interface FrameListener {
  /** The connection speaks our protocol; everything to be written goes through {@code ctx}. */
  void opened(ChannelHandlerContext ctx, AgentFrames frames);

  /**
   * Judges a header whose length fits its kind, before the payload is awaited; perhaps several
   * times for one frame.
   *
   * @throws Malformed if such a frame may not come now
   */
  void announced(FrameKind kind) throws Malformed;

  /**
   * A whole frame.
   *
   * @param payload valid only during the call
   * @throws Malformed if it is not what it claims to be
   */
  void frame(FrameKind kind, ByteBuffer payload) throws Malformed;

  /** The bytes cannot be read any further; nothing else will be. */
  void malformed(Malformed cause);

  /** What had arrived has been handled. */
  void readComplete();

  /** Whether the peer takes what is written to it changed. */
  void writable(boolean writable);

  /**
   * The connection has ended.
   *
   * @param midFrame whether it ended within a frame
   */
  void closed(boolean midFrame);
}
