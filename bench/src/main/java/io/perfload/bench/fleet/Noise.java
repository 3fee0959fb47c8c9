// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

/** Numbers that look random and are the same each time they are asked for; pure. */
final class Noise {
  private Noise() {}

  /** Returns 64 bits that follow from all three. */
  static long bits(long seed, long what, long when) {
    long z = seed + what * 0x9E3779B97F4A7C15L + when * 0xD1B54A32D192ED03L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Returns a number in [0, 1). */
  static double unit(long seed, long what, long when) {
    return (bits(seed, what, when) >>> 11) * 0x1p-53;
  }

  /** Returns a number in [0, 1) that wanders: a new direction every {@code period} seconds. */
  static double wander(long seed, long what, long second, int period) {
    long knot = Math.floorDiv(second, period);
    double part = Math.floorMod(second, period) / (double) period;
    double from = unit(seed, what, knot);
    return from + (unit(seed, what, knot + 1) - from) * part;
  }
}
