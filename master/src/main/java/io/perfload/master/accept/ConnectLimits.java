// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.accept;

import static java.util.Objects.requireNonNull;

import io.perfload.common.route.AddressRanges;

/**
 * How often one client address may connect.
 *
 * @param perSecond new connections a second, in the long run
 * @param atOnce so many may come at once after a rest
 * @param allowed addresses without a limit
 */
public record ConnectLimits(int perSecond, int atOnce, AddressRanges allowed) {
  public ConnectLimits {
    requireAtLeastOne("perSecond", perSecond);
    requireAtLeastOne("atOnce", atOnce);
    requireNonNull(allowed, "allowed");
  }

  private static void requireAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
    }
  }
}
