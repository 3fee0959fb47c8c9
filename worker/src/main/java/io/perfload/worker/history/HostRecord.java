// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static java.util.Objects.requireNonNull;

import io.perfload.common.model.HostProfile;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import java.util.Optional;

/**
 * What is remembered of a host while nobody speaks for it.
 *
 * @param address the client IP it was last seen from
 * @param sinceMs when it last came or went, by the owner's clock
 * @param lastSampleAtMs when its last sample came, by the owner's clock; 0 if none ever did
 * @param set the columns of {@code last}
 * @param last its last sample
 */
public record HostRecord(
    HostProfile profile,
    String address,
    String node,
    int slot,
    long sinceMs,
    long lastSampleAtMs,
    SeriesSet set,
    Optional<Sample> last) {
  public HostRecord {
    requireNonNull(profile, "profile");
    requireNonNull(address, "address");
    requireNonNull(node, "node");
    requireNonNull(set, "set");
    requireNonNull(last, "last");
  }
}
