// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import io.netty.buffer.ByteBuf;

/**
 * Finds the ends of HTTP answers without a body. Looks at nothing but the status and the empty
 * line: the load must cost less than what it is put on.
 */
final class ResponseScanner {
  private static final int EMPTY_LINE = 0x0D0A0D0A;
  private static final int STATUS_OFFSET = 9;

  private int last;
  private int position;
  private boolean success;

  /** Forgets what it has seen. */
  void reset() {
    last = 0;
    position = 0;
    success = false;
  }

  /**
   * Reads on until an answer ends, and returns whether one did. What was read of {@code bytes} is
   * consumed.
   */
  boolean read(ByteBuf bytes) {
    while (bytes.isReadable()) {
      int next = bytes.readByte();
      if (position++ == STATUS_OFFSET) {
        success = next == '2';
      }
      last = last << 8 | (next & 0xff);
      if (last == EMPTY_LINE) {
        last = 0;
        position = 0;
        return true;
      }
    }
    return false;
  }

  /** Whether the last answer was a 2xx. */
  boolean success() {
    return success;
  }
}
