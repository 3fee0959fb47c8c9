// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.wire;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.Sample;
import java.nio.ByteBuffer;

/** Reads what {@link SampleEncoder} wrote, in the same order. Confined to one thread. */
public final class SampleDecoder {
  private final SampleState state;

  /** Begins a stream of samples with {@code columns} values each. */
  public SampleDecoder(int columns) {
    state = new SampleState(columns);
  }

  /**
   * Applies one sample; afterwards the accessors tell it.
   *
   * @throws Malformed when the bytes are no sample of this many columns; the stream cannot go on
   *     then
   */
  public void decode(ByteBuffer delta) throws Malformed {
    var in = new ByteReader(delta);
    long takenAtMs = state.takenAtMs + in.zigzag();
    long sequence = state.sequence + in.zigzag() + 1;
    if (takenAtMs < 0 || sequence < 0) {
      throw new Malformed(Fault.VALUE, "a time or sequence before the first");
    }
    ByteBuffer changed = in.slice(state.bitmapBytes());
    for (int i = 0; i < state.bitmapBytes(); i++) {
      int bits = changed.get(i) & 0xff;
      while (bits != 0) {
        value((i << 3) + Integer.numberOfTrailingZeros(bits), in);
        bits &= bits - 1;
      }
    }
    in.end();
    state.takenAtMs = takenAtMs;
    state.sequence = sequence;
  }

  /** When the last sample was taken, by the agent's clock (Unix time, milliseconds). */
  public long takenAtMs() {
    return state.takenAtMs;
  }

  public long sequence() {
    return state.sequence;
  }

  /** The scaled value of a column in the last sample; {@link Sample#ABSENT} if it had none. */
  public long value(int column) {
    return state.current[column];
  }

  /** The last sample as its own object. */
  public Sample sample() {
    return new Sample(state.takenAtMs, state.sequence, state.current.clone());
  }

  private void value(int column, ByteReader in) throws Malformed {
    if (column >= state.columns()) {
      throw new Malformed(Fault.COUNT, "column " + column + " of " + state.columns());
    }
    long code = in.varint();
    if (code == 0) {
      state.current[column] = Sample.ABSENT;
      return;
    }
    long zigzag = code - 1;
    long value = state.known[column] + ((zigzag >>> 1) ^ -(zigzag & 1));
    if (value > Sample.MAX_SCALED || value < -Sample.MAX_SCALED) {
      throw new Malformed(Fault.VALUE, "a value over the exact range");
    }
    state.current[column] = value;
    state.known[column] = value;
  }
}
