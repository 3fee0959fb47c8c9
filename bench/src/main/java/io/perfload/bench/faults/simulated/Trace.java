// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import java.io.PrintStream;
import java.util.Optional;

/** What happened, as a number that is the same for the same events; printed if wanted. */
final class Trace {
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final Optional<PrintStream> out;
  private long hash = 1;

  Trace(Optional<PrintStream> out) {
    this.out = out;
  }

  /**
   * Something happened.
   *
   * @param what constant text
   */
  void event(long nowNanos, String who, String what, long detail) {
    mix(nowNanos);
    mix(who.hashCode());
    mix(what.hashCode());
    mix(detail);
    out.ifPresent(
        print ->
            print.printf(
                "%12.6f %-10s %s%s%n", nowNanos / 1e9, who, what, detail == 0 ? "" : " " + detail));
  }

  /** Something happened to what has a name. */
  void event(long nowNanos, String who, String what, String name) {
    mix(nowNanos);
    mix(who.hashCode());
    mix(what.hashCode());
    mix(name.hashCode());
    out.ifPresent(print -> print.printf("%12.6f %-10s %s %s%n", nowNanos / 1e9, who, what, name));
  }

  long hash() {
    return hash;
  }

  private void mix(long value) {
    hash = (hash ^ value) * PRIME;
    hash ^= hash >>> 29;
  }
}
