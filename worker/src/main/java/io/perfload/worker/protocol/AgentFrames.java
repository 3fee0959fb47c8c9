// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.protocol;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.wire.FrameKind;
import io.perfload.common.wire.Preface;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts an agent's bytes into frames. Whole frames are handed on straight from the bytes just read;
 * only a frame that is still incomplete is kept, in an array that grows with the bytes that are
 * there and goes away with them, so an idle connection holds nothing. Confined to the channel's
 * event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // how writes and closes went shows on the channel
public final class AgentFrames extends ChannelInboundHandlerAdapter {
  private static final byte[] NONE = {};
  private static final int LENGTH_BYTES = 4;

  private final FrameListener listener;
  private byte[] kept = NONE;
  private int keptBytes;
  private boolean prefaced;
  private boolean paused;
  private boolean ended;

  public AgentFrames(FrameListener listener) {
    this.listener = requireNonNull(listener, "listener");
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    listener.opened(ctx, this);
  }

  /** Stops reading: nothing more is handed on, and beyond what is read already nothing is read. */
  public void pause(ChannelHandlerContext ctx) {
    paused = true;
    ctx.channel().config().setAutoRead(false);
  }

  /** Goes on where {@link #pause} stopped. */
  public void resume(ChannelHandlerContext ctx) {
    paused = false;
    readKept();
    if (!paused) {
      listener.readComplete();
      ctx.channel().config().setAutoRead(true);
    }
  }

  /** Reads on, but throws everything away. */
  public void discard(ChannelHandlerContext ctx) {
    ended = true;
    paused = false;
    kept = NONE;
    keptBytes = 0;
    ctx.channel().config().setAutoRead(true);
  }

  /** Whether a frame has begun and is not whole yet. */
  public boolean isMidFrame() {
    return keptBytes > 0;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (ended) {
        return;
      }
      if (keptBytes == 0 && !paused) {
        ByteBuffer view = bytes.nioBuffer();
        read(view);
        keep(view);
      } else {
        keep(bytes.nioBuffer());
        readKept();
      }
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    listener.readComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    listener.writable(ctx.channel().isWritable());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    boolean midFrame = keptBytes > 0 && !paused;
    kept = NONE;
    keptBytes = 0;
    ended = true;
    listener.closed(midFrame);
  }

  /** A connection that breaks is closed; only errors of our own are told, by who listens above. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
    if (!(cause instanceof java.io.IOException)) {
      ctx.fireExceptionCaught(cause);
    }
  }

  private void readKept() {
    if (paused || keptBytes == 0) {
      return;
    }
    ByteBuffer view = ByteBuffer.wrap(kept, 0, keptBytes);
    read(view);
    forget(view.position());
  }

  private void read(ByteBuffer bytes) {
    try {
      while (!paused && !ended && readOne(bytes)) {}
    } catch (Malformed e) {
      ended = true;
      listener.malformed(e);
    }
  }

  /** Returns false if there is no whole frame. */
  private boolean readOne(ByteBuffer bytes) throws Malformed {
    if (!prefaced) {
      return readPreface(bytes);
    }
    if (bytes.remaining() < FrameKind.HEADER_BYTES) {
      return false;
    }
    int start = bytes.position();
    long length = bytes.getInt(start) & 0xffff_ffffL;
    FrameKind kind = FrameKind.of(length, bytes.get(start + LENGTH_BYTES) & 0xff);
    listener.announced(kind);
    if (bytes.remaining() < LENGTH_BYTES + length) {
      return false;
    }
    int payload = (int) length - 1;
    bytes.position(start + FrameKind.HEADER_BYTES + payload);
    listener.frame(kind, bytes.slice(start + FrameKind.HEADER_BYTES, payload));
    return true;
  }

  private boolean readPreface(ByteBuffer bytes) throws Malformed {
    if (bytes.remaining() < Preface.BYTES) {
      return false;
    }
    Preface.check(bytes);
    prefaced = true;
    return true;
  }

  private void keep(ByteBuffer rest) {
    int more = rest.remaining();
    if (ended || more == 0) {
      return;
    }
    if (kept.length - keptBytes < more) {
      kept = Arrays.copyOf(kept, Math.max(keptBytes + more, keptBytes * 2));
    }
    rest.get(kept, keptBytes, more);
    keptBytes += more;
  }

  /** Lets go of kept bytes that were read; a frame that is still incomplete is not moved. */
  private void forget(int read) {
    int rest = ended ? 0 : keptBytes - read;
    if (rest == 0) {
      kept = NONE;
    } else if (read > 0) {
      kept = Arrays.copyOfRange(kept, read, keptBytes);
    }
    keptBytes = rest;
  }
}
