// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import static java.util.Objects.requireNonNull;

import io.perfload.common.model.HostProfile;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SpoolReport;
import java.util.Optional;

/**
 * One host as it was last heard of. Immutable.
 *
 * @param status whether somebody speaks for it
 * @param stale true when we cannot know: its owner is silent and so is Redis
 * @param sinceMs when the status last changed (Unix time, milliseconds, servers' clock)
 * @param address the client IP of its connection
 * @param node where its owner runs
 * @param slot which worker of that node owns it
 * @param lastSampleAtMs when its last sample arrived (servers' clock); 0 if none ever did
 * @param rttMs last measured round trip; negative if unknown
 * @param clockOffsetMs agent's clock less ours; meaningless while {@code rttMs} is negative
 * @param set the columns of {@code last}
 * @param last its newest sample
 * @param spool how its agent keeps what is not acknowledged, if it told
 */
public record HostState(
    HostProfile profile,
    Status status,
    boolean stale,
    long sinceMs,
    String address,
    String node,
    int slot,
    long lastSampleAtMs,
    int rttMs,
    long clockOffsetMs,
    SeriesSet set,
    Optional<Sample> last,
    Optional<SpoolReport> spool) {
  public HostState {
    requireNonNull(profile, "profile");
    requireNonNull(status, "status");
    requireNonNull(address, "address");
    requireNonNull(node, "node");
    requireNonNull(set, "set");
    requireNonNull(last, "last");
    requireNonNull(spool, "spool");
  }

  /** Whether somebody speaks for a host. */
  public enum Status {
    ONLINE,
    OFFLINE
  }
}
