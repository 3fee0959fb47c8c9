// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import static java.util.Objects.requireNonNull;

import io.perfload.worker.fleet.Fleet;
import io.perfload.worker.fleet.HostFeed;
import io.perfload.worker.fleet.Tails;
import io.perfload.worker.history.HistoryReader;
import io.perfload.worker.history.WriteCounts;
import io.perfload.worker.protocol.Refusals;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What the API tells of. All but the reader are asked on event loops and answer at once.
 *
 * @param clock the servers' time
 */
public record ApiParts(
    Fleet fleet,
    Tails tails,
    HostFeed feed,
    HistoryReader reader,
    Supplier<WriteCounts> writes,
    Supplier<DoorReport> door,
    RouteLookup routes,
    Supplier<WorkerStats> stats,
    Refusals refusals,
    InstantSource clock) {
  public ApiParts {
    requireNonNull(fleet, "fleet");
    requireNonNull(tails, "tails");
    requireNonNull(feed, "feed");
    requireNonNull(reader, "reader");
    requireNonNull(writes, "writes");
    requireNonNull(door, "door");
    requireNonNull(routes, "routes");
    requireNonNull(stats, "stats");
    requireNonNull(refusals, "refusals");
    requireNonNull(clock, "clock");
  }
}
