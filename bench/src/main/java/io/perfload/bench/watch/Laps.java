// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.watch;

import io.perfload.bench.fleet.FleetCounts;
import io.perfload.bench.fleet.SimulatedFleet;
import io.perfload.bench.stack.ResourceMeter;

/** Cuts what fleet, watchers and processes do into phases. One thread. */
public final class Laps {
  private final SimulatedFleet fleet;
  private final Watchers watchers;
  private final ResourceMeter meter;
  private FleetCounts from;
  private long sinceNanos;

  public Laps(SimulatedFleet fleet, Watchers watchers, ResourceMeter meter) {
    this.fleet = fleet;
    this.watchers = watchers;
    this.meter = meter;
    from = fleet.counts();
  }

  /** Forgets what was until now. */
  public void begin() {
    end("");
  }

  /** Ends a phase and begins the next. */
  public Phase end(String name) {
    Watchers.Seen seen = watchers.lap();
    FleetCounts now = fleet.counts();
    long nanos = System.nanoTime();
    var phase =
        new Phase(
            name,
            (nanos - sinceNanos) / 1e9,
            Phase.percentiles(seen.samples(), 1),
            Phase.percentiles(seen.rows(), 1),
            Phase.percentiles(fleet.rtt(), 1e6),
            Phase.percentiles(fleet.lag(), 1e6),
            seen.missing(),
            seen.twice(),
            seen.lost(),
            now.since(from),
            meter.lap());
    from = now;
    sinceNanos = nanos;
    return phase;
  }
}
