// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.wire.FrameKind;
import io.perfload.common.wire.WorkerMessage;
import io.perfload.common.wire.WorkerMessageCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/** Cuts what a worker sends into messages. Confined to the link's thread. */
final class FrameReader {
  private ByteBuffer buffer = ByteBuffer.allocate(1024).flip();

  /** Reads what has arrived and returns how many bytes; less than 0 at the end of the stream. */
  int fill(ReadableByteChannel from) throws IOException {
    buffer.compact();
    try {
      return from.read(buffer);
    } finally {
      buffer.flip();
    }
  }

  /** The next message, if all of it is there. */
  Optional<WorkerMessage> next() throws Malformed {
    if (buffer.remaining() < FrameKind.HEADER_BYTES) {
      return Optional.empty();
    }
    int start = buffer.position();
    long length = buffer.getInt(start) & 0xffff_ffffL;
    FrameKind kind = FrameKind.of(length, buffer.get(start + 4) & 0xff);
    if (!kind.isFromWorkers()) {
      throw new Malformed(Fault.KIND, "a worker does not send " + kind);
    }
    int whole = 4 + (int) length;
    if (buffer.remaining() < whole) {
      makeRoomFor(whole);
      return Optional.empty();
    }
    ByteBuffer payload =
        buffer.slice(start + FrameKind.HEADER_BYTES, whole - FrameKind.HEADER_BYTES);
    buffer.position(start + whole);
    return Optional.of(WorkerMessageCodec.decode(kind, payload));
  }

  private void makeRoomFor(int frame) {
    if (buffer.capacity() < frame) {
      buffer = ByteBuffer.allocate(frame).put(buffer).flip();
    }
  }
}
