// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

import static java.util.Objects.requireNonNull;

/**
 * One slot of the roster.
 *
 * @param slot its number, from 0
 * @param pid of its worker, 0 if there is none or it is not visible
 * @param connections open connections, those on their way included
 * @param adopted connections it adopted since this master started, by all workers it had
 * @param restarts how often a worker of this slot was replaced
 */
public record SlotReport(
    int slot, long pid, SlotState state, int connections, long adopted, int restarts) {
  public SlotReport {
    requireNonNull(state, "state");
  }
}
