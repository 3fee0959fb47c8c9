// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import static java.util.Objects.requireNonNull;

import io.perfload.common.control.DoorCounters;
import java.util.List;

/**
 * The door as it was a second ago.
 *
 * @param node the node whose door it is
 * @param counters since the master started
 * @param slots by number
 */
public record DoorReport(String node, DoorCounters counters, List<Slot> slots) {
  public DoorReport {
    requireNonNull(node, "node");
    requireNonNull(counters, "counters");
    slots = List.copyOf(slots);
  }

  /**
   * One worker's place.
   *
   * @param pid 0 if nobody is in it
   * @param state one lower-case word
   * @param connections open now
   * @param adopted since the master started
   * @param restarts since the master started
   */
  public record Slot(
      int slot, long pid, String state, int connections, long adopted, long restarts) {
    public Slot {
      requireNonNull(state, "state");
    }
  }
}
