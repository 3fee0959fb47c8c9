// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

/** What is measured of every front in every round. */
enum Figure {
  NEW_RATE("new connections/s"),
  NEW_P99("p99 ms"),
  NEW_FRONT("front µs"),
  NEW_WORKER("worker µs"),
  NEW_CLIENT("load µs"),
  KEPT_RATE("kept requests/s"),
  KEPT_P99("p99 ms"),
  KEPT_FRONT("front µs"),
  KEPT_WORKER("worker µs"),
  KEPT_CLIENT("load µs"),
  LIVE_FRONT("front % of a core"),
  LIVE_WORKER("worker % of a core"),
  LIVE_CLIENT("load % of a core"),
  LIVE_P50("p50 ms"),
  LIVE_P99("p99 ms"),
  LIVE_DESCRIPTORS("descriptors in the front"),
  LIVE_LAG("sent late p99 ms");

  private final String label;

  Figure(String label) {
    this.label = label;
  }

  /** Head of its column. */
  String label() {
    return label;
  }
}
