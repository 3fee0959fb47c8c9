// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.model;

import java.util.Arrays;

/**
 * One reading of all series of one host. The values are not copied: neither the maker nor a reader
 * may change them afterwards.
 */
public final class Sample {
  /** Stands where a series had no reading. */
  public static final long ABSENT = Long.MIN_VALUE;

  /** The greatest magnitude of a scaled value: all of them are exact as a double. */
  public static final long MAX_SCALED = 1L << 53;

  private final long takenAtMs;
  private final long sequence;
  private final long[] scaled;

  /**
   * @param takenAtMs when the machine was read, by the agent's clock (Unix time, milliseconds)
   * @param sequence counts the samples of one run of the agent, from 0
   * @param scaled a value a column of the set it belongs to, see {@link Measure#scale}; {@link
   *     #ABSENT} where there was no reading
   */
  public Sample(long takenAtMs, long sequence, long[] scaled) {
    this.takenAtMs = takenAtMs;
    this.sequence = sequence;
    this.scaled = scaled;
  }

  public long takenAtMs() {
    return takenAtMs;
  }

  public long sequence() {
    return sequence;
  }

  /** A value a column; not a copy. */
  public long[] scaled() {
    return scaled;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sample sample
        && takenAtMs == sample.takenAtMs
        && sequence == sample.sequence
        && Arrays.equals(scaled, sample.scaled);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(takenAtMs) * 31 + Long.hashCode(sequence);
  }

  @Override
  public String toString() {
    return "Sample[takenAtMs="
        + takenAtMs
        + ", sequence="
        + sequence
        + ", "
        + Arrays.toString(scaled)
        + "]";
  }
}
