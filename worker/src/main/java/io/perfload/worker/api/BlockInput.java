// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import java.util.Optional;

/** Hands blocks to the pipeline as the reader takes them. Confined to the channel's event loop. */
final class BlockInput implements ChunkedInput<ByteBuf> {
  private final TextBlocks blocks;
  private Optional<byte[]> next;
  private long progress;

  BlockInput(TextBlocks blocks) {
    this.blocks = blocks;
    this.next = blocks.next();
  }

  @Override
  public boolean isEndOfInput() {
    return next.isEmpty();
  }

  @Override
  public void close() {}

  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // not our method to inline
  public ByteBuf readChunk(ChannelHandlerContext ctx) {
    return readChunk(ctx.alloc());
  }

  @Override
  public ByteBuf readChunk(ByteBufAllocator allocator) {
    byte[] block = next.orElseThrow();
    progress += block.length;
    next = blocks.next();
    return Unpooled.wrappedBuffer(block);
  }

  @Override
  public long length() {
    return -1;
  }

  @Override
  public long progress() {
    return progress;
  }
}
