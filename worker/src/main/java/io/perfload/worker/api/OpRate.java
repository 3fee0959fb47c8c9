// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import java.util.concurrent.TimeUnit;

/** How often a browser may say something. Confined to one event loop. */
final class OpRate {
  static final int A_SECOND = 20;

  private static final int FLOOD = 200;

  private long secondBegan;
  private int inSecond;
  private boolean begun;

  Verdict said(long nanoTime) {
    if (!begun || nanoTime - secondBegan >= TimeUnit.SECONDS.toNanos(1)) {
      begun = true;
      secondBegan = nanoTime;
      inSecond = 0;
    }
    inSecond++;
    if (inSecond > FLOOD) {
      return Verdict.FLOOD;
    }
    return inSecond > A_SECOND ? Verdict.TOO_MUCH : Verdict.FINE;
  }

  /** What to make of one more message. */
  enum Verdict {
    FINE,
    TOO_MUCH,
    FLOOD
  }
}
