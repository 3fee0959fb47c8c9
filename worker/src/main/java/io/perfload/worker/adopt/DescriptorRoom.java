// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import io.perfload.common.control.DescriptorLimit;

/**
 * How many connections this process can take before it is out of descriptors.
 *
 * @param connections the most it can hold, those that are open included
 */
record DescriptorRoom(int connections) {
  /** For stores, files and loops that are opened later. */
  private static final int RESERVE = 64;

  /** Counts what is open now, before connections come, as needed for ever. */
  static DescriptorRoom measure() {
    int free = DescriptorLimit.read() - DescriptorLimit.used() - RESERVE;
    return new DescriptorRoom(Math.max(1, free));
  }

  int left(int open) {
    return Math.max(0, connections - open);
  }
}
