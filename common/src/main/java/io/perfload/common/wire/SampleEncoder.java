// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.wire;

import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.model.Sample;

/**
 * Writes samples of one set of series as what changed since the sample before; the first one after
 * the set was declared is against time 0, sequence 0 and no values at all.
 *
 * <pre>
 *  +----------------+--------------------+---------------+------------------------------------+
 *  | zig-zag        | zig-zag            | changed: a    | for each changed column: 0 if it   |
 *  | time - last ms | sequence - last -1 | bit a column, | is absent now, else zig-zag of     |
 *  |                |                    | low bit first | (value - last value there was) + 1 |
 *  +----------------+--------------------+---------------+------------------------------------+
 * </pre>
 *
 * Confined to one thread.
 */
public final class SampleEncoder {
  private final SampleState state;

  /** Begins a stream of samples with {@code columns} values each. */
  public SampleEncoder(int columns) {
    state = new SampleState(columns);
  }

  /** Appends {@code sample} to {@code out}. */
  public void encode(Sample sample, ByteWriter out) {
    long[] values = sample.scaled();
    if (values.length != state.columns()) {
      throw new IllegalArgumentException(
          "values: " + values.length + " (expected: " + state.columns() + ")");
    }
    out.zigzag(sample.takenAtMs() - state.takenAtMs);
    out.zigzag(sample.sequence() - state.sequence - 1);
    int changed = out.size();
    for (int i = 0; i < state.bitmapBytes(); i++) {
      out.u8(0);
    }
    for (int column = 0; column < values.length; column++) {
      if (values[column] != state.current[column]) {
        out.orU8(changed + (column >> 3), 1 << (column & 7));
        value(values[column], column, out);
      }
    }
    state.takenAtMs = sample.takenAtMs();
    state.sequence = sample.sequence();
  }

  private void value(long value, int column, ByteWriter out) {
    state.current[column] = value;
    if (value == Sample.ABSENT) {
      out.varint(0);
      return;
    }
    long delta = value - state.known[column];
    state.known[column] = value;
    out.varint(((delta << 1) ^ (delta >> 63)) + 1);
  }
}
