// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import static java.util.Objects.requireNonNull;

import io.perfload.common.model.HostProfile;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SpoolReport;
import java.util.Optional;

/**
 * What an owner says of a host once, so that the values of each second need no names.
 *
 * @param owner who speaks for it
 * @param revision of this description; newest values name the one they belong to
 * @param claimedAtMs when its connection began, by the owner's clock: the newest wins
 * @param sinceMs since when it is online
 * @param address the client IP of its connection
 * @param set the columns of its values
 * @param spool how its agent keeps what is not acknowledged, if it told
 */
record Description(
    Place owner,
    int revision,
    long claimedAtMs,
    long sinceMs,
    String address,
    HostProfile profile,
    SeriesSet set,
    Optional<SpoolReport> spool) {
  Description {
    requireNonNull(owner, "owner");
    requireNonNull(address, "address");
    requireNonNull(profile, "profile");
    requireNonNull(set, "set");
    requireNonNull(spool, "spool");
  }
}
