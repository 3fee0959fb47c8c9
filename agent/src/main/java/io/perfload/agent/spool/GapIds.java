// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.common.model.HostId;

/**
 * Names for gaps: no two alike within a host, unless they are of the same loss. Drawn from when the
 * spool was opened and from the loss, so that a run that is repeated tells the same.
 */
final class GapIds {
  private final long seed;
  private long drawn;

  GapIds(HostId host, long openedAtMs) {
    this.seed = mixed(mixed(host.high()) ^ host.low()) ^ mixed(openedAtMs);
  }

  long next(long fromMs, long toMs) {
    drawn++;
    return mixed(mixed(mixed(seed + drawn) ^ fromMs) ^ toMs);
  }

  /** The finalizer of SplitMix64: each bit of the input changes half of those of the output. */
  private static long mixed(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
