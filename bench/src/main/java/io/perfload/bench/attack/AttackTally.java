// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.attack;

import java.util.concurrent.atomic.LongAdder;

/** What a crowd did and what became of it. Any thread. */
final class AttackTally {
  final LongAdder opened = new LongAdder();
  final LongAdder ended = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder resets = new LongAdder();
  final LongAdder bytes = new LongAdder();

  /** Slow and oversized peers that are connected now. */
  long open() {
    return opened.sum() - ended.sum();
  }

  Counts counts() {
    return new Counts(opened.sum(), ended.sum(), refused.sum(), resets.sum(), bytes.sum());
  }

  /**
   * So far.
   *
   * @param opened connections of slow and oversized peers
   * @param ended those that the server ended
   * @param refused attempts that did not become a connection
   * @param resets connections made and reset at once
   * @param bytes written
   */
  record Counts(long opened, long ended, long refused, long resets, long bytes) {}
}
