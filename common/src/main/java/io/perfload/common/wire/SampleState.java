// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.wire;

import io.perfload.common.model.Sample;
import java.util.Arrays;

/** What both ends of a stream of samples remember. Confined to its owner's thread. */
final class SampleState {
  long takenAtMs;
  long sequence = -1;

  /** The values of the last sample; absent ones as {@link Sample#ABSENT}. */
  final long[] current;

  /** The last value each column had; 0 before the first. */
  final long[] known;

  SampleState(int columns) {
    current = new long[columns];
    known = new long[columns];
    Arrays.fill(current, Sample.ABSENT);
  }

  int columns() {
    return current.length;
  }

  int bitmapBytes() {
    return (current.length + 7) >> 3;
  }
}
