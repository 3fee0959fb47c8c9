// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

/**
 * A host's newest values, packed: thousands of these are held.
 *
 * @param lastSampleAtMs when the sample came, by the owner's clock; 0 if none ever did
 * @param rttMs negative if unknown
 * @param values as {@link PackedValues}; empty if there is no sample
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these, and they must stay small
record Newest(
    long lastSampleAtMs,
    int rttMs,
    long clockOffsetMs,
    long takenAtMs,
    long sequence,
    byte[] values) {
  static final Newest NONE = new Newest(0, -1, 0, 0, 0, new byte[0]);
}
