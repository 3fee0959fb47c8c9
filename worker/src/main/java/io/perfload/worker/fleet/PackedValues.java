// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.Sample;

/**
 * A value a column: 0 where there is none, else the zig-zag of the value + 1, each a varint. Needs
 * nothing but itself to be read. Stateless.
 */
final class PackedValues {
  private PackedValues() {}

  static void write(long value, ByteWriter out) {
    out.varint(value == Sample.ABSENT ? 0 : ((value << 1) ^ (value >> 63)) + 1);
  }

  static long[] read(int columns, ByteReader in) throws Malformed {
    long[] values = new long[columns];
    for (int column = 0; column < columns; column++) {
      values[column] = value(in.varint());
    }
    in.end();
    return values;
  }

  private static long value(long code) throws Malformed {
    if (code == 0) {
      return Sample.ABSENT;
    }
    long zigzag = code - 1;
    long value = (zigzag >>> 1) ^ -(zigzag & 1);
    if (value > Sample.MAX_SCALED || value < -Sample.MAX_SCALED) {
      throw new Malformed(Fault.VALUE, "a value over the exact range");
    }
    return value;
  }
}
