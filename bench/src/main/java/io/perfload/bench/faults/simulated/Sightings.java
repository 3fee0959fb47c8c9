// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

/** That faults had effects: what was seen happening again, or in another way. One thread. */
public final class Sightings {
  long connections;
  long chunksSent;
  long duplicatesSent;
  long storeRetries;
  long merges;
  long races;
  long repeated;
  long gapsSent;
  long overflowed;
  long restarts;
}
