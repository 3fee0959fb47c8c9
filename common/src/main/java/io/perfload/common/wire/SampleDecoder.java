// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.wire;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
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

  /**
   * Appends all this decoder knows: whoever {@link #restore}s it can read the stream from here on.
   *
   * <pre>
   *  +--------+--------------+----------------+-----------------------------------------------+
   *  | time   | sequence + 1 | present: a bit | zig-zag of the last value of each column, the |
   *  | varint | varint       | a column       | absent ones too; 0 before the first           |
   *  +--------+--------------+----------------+-----------------------------------------------+
   * </pre>
   */
  public void save(ByteWriter out) {
    out.varint(state.takenAtMs).varint(state.sequence + 1);
    int present = out.size();
    for (int i = 0; i < state.bitmapBytes(); i++) {
      out.u8(0);
    }
    for (int column = 0; column < state.columns(); column++) {
      if (state.current[column] != Sample.ABSENT) {
        out.orU8(present + (column >> 3), 1 << (column & 7));
      }
      out.zigzag(state.known[column]);
    }
  }

  /** Reads what {@link #save} wrote of a stream with {@code columns} values a sample. */
  public static SampleDecoder restore(int columns, ByteReader in) throws Malformed {
    var decoder = new SampleDecoder(columns);
    SampleState state = decoder.state;
    state.takenAtMs = in.varint();
    state.sequence = in.varint() - 1;
    if (state.takenAtMs < 0 || state.sequence < -1) {
      throw new Malformed(Fault.VALUE, "a time or sequence before the first");
    }
    ByteBuffer present = in.slice(state.bitmapBytes());
    for (int column = 0; column < columns; column++) {
      long value = in.zigzag();
      if (value > Sample.MAX_SCALED || value < -Sample.MAX_SCALED) {
        throw new Malformed(Fault.VALUE, "a value over the exact range");
      }
      state.known[column] = value;
      if ((present.get(column >> 3) & (1 << (column & 7))) != 0) {
        state.current[column] = value;
      }
    }
    return decoder;
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
