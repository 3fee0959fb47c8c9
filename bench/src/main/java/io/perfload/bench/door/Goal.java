// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

/**
 * A number that Perfload is built to reach.
 *
 * @param what in words
 * @param wanted the limit
 * @param atLeast whether more is better
 * @param measured what was found
 */
record Goal(String what, double wanted, boolean atLeast, double measured) {
  boolean reached() {
    return atLeast ? measured >= wanted : measured <= wanted;
  }
}
