// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import java.io.IOException;

/**
 * The counters of a {@code cpu} line: clock ticks in user, nice, system, idle, iowait, irq, softirq
 * and steal. Guest time is within user time and not counted again.
 */
final class CpuTimes {
  private static final int FIELDS = 8;
  private static final int USER = 0;
  private static final int NICE = 1;
  private static final int SYSTEM = 2;
  private static final int IDLE = 3;
  private static final int IOWAIT = 4;
  private static final int IRQ = 5;
  private static final int SOFTIRQ = 6;
  private static final int STEAL = 7;

  private final long[] line = new long[FIELDS];
  private final long[] last = new long[FIELDS];
  private final long[] change = new long[FIELDS];
  private boolean known;
  private long total;

  /** Takes a reading: the fields that follow; those an old kernel does not have count as 0. */
  void read(TextLines lines) throws IOException {
    for (int i = 0; i < FIELDS; i++) {
      line[i] = lines.hasWord() ? lines.number() : 0;
    }
    read(line);
  }

  /** Takes a reading: the fields in the order of the line, in any unit. */
  void read(long[] counters) {
    boolean usable = known;
    total = 0;
    for (int i = 0; i < FIELDS; i++) {
      change[i] = counters[i] - last[i];
      last[i] = counters[i];
      if (change[i] < 0) {
        usable &= mayGoBack(i);
        change[i] = 0;
      }
      total += change[i];
    }
    known = true;
    if (!usable) {
      total = 0;
    }
  }

  /** The busy share of the time since the reading before; NaN if there is none to tell. */
  double utilization() {
    return share(total - change[IDLE] - change[IOWAIT]);
  }

  double user() {
    return share(change[USER] + change[NICE]);
  }

  double system() {
    return share(change[SYSTEM] + change[IRQ] + change[SOFTIRQ]);
  }

  double iowait() {
    return share(change[IOWAIT]);
  }

  double steal() {
    return share(change[STEAL]);
  }

  /** proc(5): iowait may decrease, and idle is corrected along with it. Others only by a reset. */
  private static boolean mayGoBack(int field) {
    return field == IDLE || field == IOWAIT;
  }

  private double share(long ticks) {
    return total > 0 ? (double) ticks / total : Double.NaN;
  }
}
