// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.wire;

import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import java.nio.ByteBuffer;

/**
 * The five bytes an agent's connection begins with. The first is of no text protocol and no TLS
 * record, so one byte tells an agent from everybody else at the door.
 *
 * <pre>
 *  offset  0      1   2   3   4
 *         +------+---+---+---+---------+
 *         | 0xF5 | P | F | L | version |
 *         +------+---+---+---+---------+
 * </pre>
 */
public final class Preface {
  public static final int BYTES = 5;
  public static final int FIRST_BYTE = 0xF5;
  public static final int VERSION = 1;

  private static final byte[] PREFACE = {(byte) FIRST_BYTE, 'P', 'F', 'L', VERSION};

  private Preface() {}

  /** The preface as an agent sends it; a new array each time. */
  public static byte[] bytes() {
    return PREFACE.clone();
  }

  /**
   * Reads and judges a preface.
   *
   * @param bytes at least {@value #BYTES} remaining
   */
  public static void check(ByteBuffer bytes) throws Malformed {
    for (int i = 0; i < BYTES - 1; i++) {
      if (bytes.get() != PREFACE[i]) {
        throw new Malformed(Fault.MAGIC, "the connection does not begin as an agent's");
      }
    }
    int version = bytes.get() & 0xff;
    if (version != VERSION) {
      throw new Malformed(
          Fault.VERSION, "protocol version " + version + " (expected: " + VERSION + ")");
    }
  }
}
