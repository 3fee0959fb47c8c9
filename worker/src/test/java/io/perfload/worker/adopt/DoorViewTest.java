// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.control.DoorCounters;
import io.perfload.common.control.SlotReport;
import io.perfload.common.control.SlotState;
import java.net.InetAddress;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DoorViewTest {
  private final InetAddress client = InetAddress.getLoopbackAddress();

  @Test
  void aClientGoesToItsFirstPreferenceWhileNobodyIsFull() {
    DoorView.Route route = view(0, 0, 0, 0).route(client);

    assertThat(route.preference()).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(route.slot()).contains(route.preference().get(0));
  }

  @Test
  void aSlotThatIsTooFullGivesTheClientToTheNext() {
    int first = view(0, 0, 0, 0).route(client).preference().get(0);
    int[] loads = new int[4];
    loads[first] = 1_000;

    DoorView.Route route = view(loads).route(client);

    assertThat(route.preference().get(0)).isEqualTo(first);
    assertThat(route.slot()).contains(route.preference().get(1));
  }

  @Test
  void vacantSlotsAreNobodysPreference() {
    var vacant = new SlotReport(0, 0, SlotState.VACANT, 0, 0, 0);
    var view = new DoorView("n", OptionalInt.empty(), true, DoorCounters.NONE, List.of(vacant));

    assertThat(view.route(client).preference()).isEmpty();
    assertThat(view.route(client).slot()).isEmpty();
    assertThat(DoorView.UNKNOWN.route(client).slot()).isEmpty();
  }

  private static DoorView view(int... loads) {
    Stream<SlotReport> slots =
        IntStream.range(0, loads.length)
            .mapToObj(slot -> new SlotReport(slot, 1, SlotState.LIVE, loads[slot], 0, 0));
    return new DoorView("n", OptionalInt.of(0), true, DoorCounters.NONE, slots.toList());
  }
}
