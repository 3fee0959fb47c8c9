// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.wire;

import io.perfload.common.bytes.ByteWriter;

/** Leaves room for a frame's length and fills it in once the payload is there. */
final class FrameStart {
  private FrameStart() {}

  /** Begins a frame and returns where. */
  static int begin(ByteWriter out, FrameKind kind) {
    int start = out.size();
    out.u32(0).u8(kind.code());
    return start;
  }

  static ByteWriter end(ByteWriter out, int start) {
    int payload = out.size() - start - FrameKind.HEADER_BYTES;
    return out.setU32(start, payload + 1);
  }
}
