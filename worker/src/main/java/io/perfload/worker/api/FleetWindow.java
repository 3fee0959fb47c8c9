// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

/** The rows that a watcher looks at. */
record FleetWindow(FleetQuery query, int offset, int limit) {
  static final int DEFAULT_LIMIT = 40;
  static final int MAX_LIMIT = 500;
}
