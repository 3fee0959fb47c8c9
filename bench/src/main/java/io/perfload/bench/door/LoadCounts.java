// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

/**
 * What a load did up to one moment.
 *
 * @param sent requests on whose way a connection was opened or used again
 * @param answered with 2xx
 * @param failed refused, reset, answered otherwise, or not answered in 5 s
 * @param atNanos when, by the monotonic clock
 */
record LoadCounts(long sent, long answered, long failed, long atNanos) {
  LoadCounts since(LoadCounts earlier) {
    return new LoadCounts(
        sent - earlier.sent,
        answered - earlier.answered,
        failed - earlier.failed,
        atNanos - earlier.atNanos);
  }

  /** Answers a second. */
  double rate() {
    return answered * 1e9 / atNanos;
  }
}
