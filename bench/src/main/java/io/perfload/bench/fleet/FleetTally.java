// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import java.util.concurrent.atomic.LongAdder;

/** The counters of a fleet. Any thread. */
final class FleetTally {
  final LongAdder connected = new LongAdder();
  final LongAdder lost = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder welcomed = new LongAdder();
  final LongAdder live = new LongAdder();
  final LongAdder samples = new LongAdder();
  final LongAdder held = new LongAdder();
  final LongAdder chunks = new LongAdder();
  final LongAdder acknowledged = new LongAdder();
  final LongAdder refusedChunks = new LongAdder();
  final LongAdder droppedChunks = new LongAdder();
  final LongAdder pings = new LongAdder();
  final LongAdder pongs = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder bytes = new LongAdder();

  FleetCounts counts() {
    return new FleetCounts(
        connected.sum(),
        lost.sum(),
        refused.sum(),
        welcomed.sum(),
        live.sum(),
        samples.sum(),
        held.sum(),
        chunks.sum(),
        acknowledged.sum(),
        refusedChunks.sum(),
        droppedChunks.sum(),
        pings.sum(),
        pongs.sum(),
        failures.sum(),
        bytes.sum());
  }
}
