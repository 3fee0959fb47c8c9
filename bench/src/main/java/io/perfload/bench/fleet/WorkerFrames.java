// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.wire.FrameKind;
import io.perfload.common.wire.WorkerMessage;
import io.perfload.common.wire.WorkerMessageCodec;
import java.util.function.Consumer;

/**
 * Cuts a worker's bytes into messages. Keeps a copy of what is left of a frame that came in parts;
 * mostly nothing. Confined to the channel's event loop.
 */
final class WorkerFrames {
  private ByteBuf rest = Unpooled.EMPTY_BUFFER;

  /**
   * Tells every whole message.
   *
   * @param bytes as they came; released
   * @throws Malformed when they are no messages of a worker
   */
  void read(ByteBuf bytes, Consumer<WorkerMessage> message) throws Malformed {
    ByteBuf all = rest.isReadable() ? Unpooled.wrappedBuffer(rest, bytes) : bytes;
    try {
      while (hasFrame(all)) {
        message.accept(frame(all));
      }
      rest = all.isReadable() ? Unpooled.copiedBuffer(all) : Unpooled.EMPTY_BUFFER;
    } finally {
      all.release();
    }
  }

  private static boolean hasFrame(ByteBuf in) throws Malformed {
    if (in.readableBytes() < FrameKind.HEADER_BYTES) {
      return false;
    }
    long length = in.getUnsignedInt(in.readerIndex());
    FrameKind.of(length, in.getUnsignedByte(in.readerIndex() + 4));
    return in.readableBytes() >= length + 4;
  }

  private static WorkerMessage frame(ByteBuf in) throws Malformed {
    int payload = (int) in.readUnsignedInt() - 1;
    FrameKind kind = FrameKind.of(payload + 1L, in.readUnsignedByte());
    WorkerMessage message =
        WorkerMessageCodec.decode(kind, in.nioBuffer(in.readerIndex(), payload));
    in.skipBytes(payload);
    return message;
  }
}
