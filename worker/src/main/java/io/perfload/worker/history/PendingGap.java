// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;

/** A gap on its way to the store. */
final class PendingGap extends Pending {
  /** As much as a gap takes in memory, about. */
  static final int BYTES = 128;

  private final HostId host;
  private final LostSamples lost;

  PendingGap(HostId host, LostSamples lost, Arrival arrival, ChunkIntake.Outcome outcome) {
    super(arrival, outcome);
    this.host = host;
    this.lost = lost;
  }

  HostId host() {
    return host;
  }

  LostSamples lost() {
    return lost;
  }

  @Override
  int bytes() {
    return BYTES;
  }
}
