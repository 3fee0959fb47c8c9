// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.netty.buffer.ByteBuf;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.wire.FrameKind;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Cuts one direction of an agent's connection into frames. Confined to one thread. */
final class Frames {
  private byte[] bytes = new byte[4096];
  private int size;
  private int skip;

  /** {@code skip} bytes come before the first frame. */
  Frames(int skip) {
    this.skip = skip;
  }

  /** Takes bytes, whose indices stay, and tells of each frame that is whole now. */
  void add(ByteBuf in, Sink sink) throws Malformed {
    int more = in.readableBytes();
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
    in.getBytes(in.readerIndex(), bytes, size, more);
    size += more;
    int at = Math.min(skip, size);
    skip -= at;
    while (size - at >= FrameKind.HEADER_BYTES) {
      long length = ByteBuffer.wrap(bytes).getInt(at) & 0xffff_ffffL;
      FrameKind kind = FrameKind.of(length, bytes[at + 4] & 0xff);
      if (size - at < 4 + length) {
        break;
      }
      int end = at + 4 + (int) length;
      byte[] payload = Arrays.copyOfRange(bytes, at + FrameKind.HEADER_BYTES, end);
      sink.frame(kind, ByteBuffer.wrap(payload));
      at = end;
    }
    System.arraycopy(bytes, at, bytes, 0, size - at);
    size -= at;
  }

  /** Takes frames. */
  @FunctionalInterface
  interface Sink {
    void frame(FrameKind kind, ByteBuffer payload) throws Malformed;
  }
}
