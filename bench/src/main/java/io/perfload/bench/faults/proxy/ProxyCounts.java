// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.proxy;

import java.util.concurrent.atomic.LongAdder;

/** What a proxy did. Any thread. */
public final class ProxyCounts {
  final LongAdder connections = new LongAdder();
  final LongAdder bytes = new LongAdder();
  final LongAdder disturbed = new LongAdder();

  ProxyCounts() {}

  /** Connections it took. */
  public long connections() {
    return connections.sum();
  }

  /** Bytes it passed on. */
  public long bytes() {
    return bytes.sum();
  }

  /**
   * How often it did something bad: pieces delayed, bytes sent alone, connections cut, half-closed
   * or reset, pieces and connections held back.
   */
  public long disturbed() {
    return disturbed.sum();
  }
}
