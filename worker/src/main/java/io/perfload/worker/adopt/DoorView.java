// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import io.perfload.common.control.DoorCounters;
import io.perfload.common.control.SlotReport;
import io.perfload.common.route.ClientKey;
import io.perfload.common.route.SlotTable;
import io.perfload.common.route.StickyRoute;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The door as this worker last heard of it.
 *
 * @param node the name of the master, empty before there was one
 * @param slot this worker's own, empty before it has one
 * @param attached whether a master is there now
 * @param counters what the door did
 * @param slots every slot, by number
 */
public record DoorView(
    String node,
    OptionalInt slot,
    boolean attached,
    DoorCounters counters,
    List<SlotReport> slots) {
  private static final StickyRoute ROUTE = new StickyRoute();

  /** Before anything was heard. */
  public static final DoorView UNKNOWN =
      new DoorView("", OptionalInt.empty(), false, DoorCounters.NONE, List.of());

  public DoorView {
    slots = List.copyOf(slots);
  }

  /**
   * Where a client goes.
   *
   * @param slot where it would go now, empty if nobody takes connections
   * @param preference the live slots in the pure order of the route, whatever their load
   */
  public record Route(Optional<Integer> slot, List<Integer> preference) {}

  /** Returns where {@code client} goes. */
  public Route route(InetAddress client) {
    long key = ClientKey.of(client);
    var table = new Table(slots);
    int chosen = ROUTE.choose(key, table);
    List<Integer> preference = Arrays.stream(ROUTE.preference(key, table)).boxed().toList();
    return new Route(
        chosen == StickyRoute.NONE ? Optional.empty() : Optional.of(chosen), preference);
  }

  DoorView detached() {
    return new DoorView(node, slot, false, counters, slots);
  }

  private record Table(List<SlotReport> slots) implements SlotTable {
    @Override
    public int size() {
      return slots.size();
    }

    @Override
    public boolean live(int slot) {
      return slots.get(slot).state().live();
    }

    @Override
    public boolean open(int slot) {
      return slots.get(slot).state() == io.perfload.common.control.SlotState.LIVE;
    }

    @Override
    public int load(int slot) {
      return slots.get(slot).connections();
    }
  }
}
