// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import static java.util.Objects.requireNonNull;

import io.perfload.common.route.AddressRanges;

/**
 * How many connections one client address may have open at this worker.
 *
 * @param connections the most at once
 * @param allowed addresses without a limit
 * @param exceeded called for each connection that is closed because its address has enough; any
 *     thread
 */
public record AddressLimit(int connections, AddressRanges allowed, Runnable exceeded) {
  public AddressLimit {
    requireNonNull(allowed, "allowed");
    requireNonNull(exceeded, "exceeded");
    if (connections < 1) {
      throw new IllegalArgumentException("connections: " + connections + " (expected: >= 1)");
    }
  }

  /** Everybody may come as often as they like. */
  public static AddressLimit none() {
    return new AddressLimit(Integer.MAX_VALUE, AddressRanges.NONE, () -> {});
  }
}
