// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.IOException;
import java.time.Duration;

/** Something that goes wrong, and ends again. Used once, by one thread. */
interface Fault {
  /** Makes it go wrong. */
  void inject(Scene scene) throws IOException, InterruptedException;

  /** How long it lasts. */
  Duration lasts(Scene scene);

  /** Whether somebody felt it by now; one that nobody felt goes on a little longer. */
  default boolean isFelt(Scene scene) {
    return true;
  }

  /** Ends it; nothing else is done for those who suffered from it. */
  void heal(Scene scene) throws IOException, InterruptedException;

  /** Whether it really happened; asked when all has settled. */
  boolean happened();

  /** What chance made of it; empty if that is no more than a number. */
  default String details() {
    return "";
  }
}
