// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.roster;

import java.time.Duration;

/**
 * How long a slot waits for its next worker: not at all after one that lived well, then 0.2 s,
 * doubled with each that died young, to 10 s. Confined to the door's event loop.
 */
final class RespawnDelay {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration WELL = Duration.ofSeconds(10);

  private Duration last = Duration.ZERO;

  /** Returns the wait after a worker that was live for {@code lived}, zero if it never was. */
  Duration after(Duration lived) {
    if (lived.compareTo(WELL) >= 0) {
      last = Duration.ZERO;
    } else if (last.isZero()) {
      last = FIRST;
    } else {
      last = last.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : last.multipliedBy(2);
    }
    return last;
  }
}
