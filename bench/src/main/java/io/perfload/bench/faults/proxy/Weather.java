// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.proxy;

import static java.util.Objects.requireNonNull;

/**
 * What a proxy does to the bytes of its connections.
 *
 * @param amount of {@code DELAY} and {@code TRICKLE} milliseconds, of {@code CUT}, {@code
 *     HALF_CLOSE} and {@code RESET} bytes; a connection draws its own, from 1 to this
 * @param seed of what connections draw
 */
public record Weather(Kind kind, int amount, long seed) {
  public static final Weather CALM = new Weather(Kind.CALM, 1, 0);

  public Weather {
    requireNonNull(kind, "kind");
    if (amount < 1) {
      throw new IllegalArgumentException("amount: " + amount + " (expected: >= 1)");
    }
  }

  /** The ways to be bad. */
  public enum Kind {
    /** Bytes go through as they come. */
    CALM,
    /** Bytes wait for a while, and stay in order. */
    DELAY,
    /** One byte a segment; after every 64 a pause. */
    TRICKLE,
    /** After some bytes both ends are told that the other has finished. */
    CUT,
    /** After some bytes one end is told so, the other not; what it sends is swallowed. */
    HALF_CLOSE,
    /** After some bytes both ends see a reset. */
    RESET,
    /** Nothing goes through and nobody is told; what was on its way arrives when it is over. */
    PARTITION
  }
}
