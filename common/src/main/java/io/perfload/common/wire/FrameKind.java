// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.wire;

import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of frames, their codes and how long one may be. Layout of every frame:
 *
 * <pre>
 *  offset  0        4        5 … 4+length
 *         +--------+--------+-----------+   length: unsigned, big-endian, counts kind and payload;
 *         | length | kind   | payload   |   one over the kind's limit ends the connection before
 *         +--------+--------+-----------+   anything of the payload is kept
 * </pre>
 */
public enum FrameKind {
  HELLO(1, 1 << 10),
  HOST(2, 32 << 10),
  SERIES(3, 1 << 20),
  SAMPLE(4, 64 << 10),
  CHUNK(5, 4 << 20),
  GOODBYE(6, 512),
  GAP(7, 64),
  SPOOL(8, 32),
  WELCOME(16, 1 << 10),
  ACK(17, 64 << 10),
  FAILURE(18, 1 << 10),
  PING(32, 32),
  PONG(33, 32);

  /** Codes below are of agents alone. */
  private static final int FIRST_OF_WORKERS = 16;

  /** Bytes of the length and kind that precede every payload. */
  public static final int HEADER_BYTES = 5;

  private static final FrameKind[] BY_CODE = byCode();

  private final int code;
  private final int maxPayload;

  FrameKind(int code, int maxPayload) {
    this.code = code;
    this.maxPayload = maxPayload;
  }

  public int code() {
    return code;
  }

  /** The most bytes of payload such a frame may have. */
  public int maxPayload() {
    return maxPayload;
  }

  /** Whether workers send such frames. */
  public boolean isFromWorkers() {
    return code >= FIRST_OF_WORKERS;
  }

  /**
   * Judges a header before its payload is awaited.
   *
   * @param length as read, unsigned
   * @param code as read, 0 to 255
   * @throws Malformed for an unknown kind or a length outside the kind's limit
   */
  public static FrameKind of(long length, int code) throws Malformed {
    FrameKind kind = code < BY_CODE.length ? BY_CODE[code] : null;
    if (kind == null) {
      throw new Malformed(Fault.KIND, "frame kind " + code);
    }
    if (length < 1 || length - 1 > kind.maxPayload) {
      throw new Malformed(
          Fault.LENGTH,
          "frame "
              + kind
              + " of "
              + length
              + " bytes (expected: 1 to "
              + (kind.maxPayload + 1)
              + ")");
    }
    return kind;
  }

  private static @Nullable FrameKind[] byCode() {
    var byCode = new @Nullable FrameKind[64];
    for (FrameKind kind : values()) {
      byCode[kind.code] = kind;
    }
    return byCode;
  }
}
