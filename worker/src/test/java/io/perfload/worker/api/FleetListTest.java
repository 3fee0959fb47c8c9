// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.perfload.common.model.HostId;
import io.perfload.common.model.SeriesSet;
import io.perfload.worker.fleet.HostState;
import io.perfload.worker.fleet.HostState.Status;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetListTest {
  private final HostState low = FakeFleet.host("b-low", 0.1);
  private final HostState high = FakeFleet.host("A-high", 0.9);
  private final HostState gone = FakeFleet.host(HostId.random(), "c-gone", Status.OFFLINE, 0.99);
  private final HostState silent =
      new HostState(
          FakeFleet.host("d-silent", 0).profile(),
          Status.ONLINE,
          true,
          1,
          "10.1.1.1",
          "node-2",
          0,
          0,
          -1,
          0,
          SeriesSet.of(List.of()),
          Optional.empty(),
          Optional.empty());
  private final List<HostState> all = List.of(low, gone, silent, high);

  @Test
  void namesSortWithoutRegardToCase() {
    assertThat(sorted("name", "asc")).containsExactly(high, low, gone, silent);
    assertThat(sorted("name", "desc")).containsExactly(silent, gone, low, high);
  }

  @Test
  void byAMeasureThoseWithoutItComeAfterThoseWithItAndOfflineOnesLastEitherWay() {
    assertThat(sorted("cpu.utilization", "desc")).containsExactly(high, low, silent, gone);
    assertThat(sorted("cpu.utilization", "asc")).containsExactly(low, high, silent, gone);
  }

  @Test
  void sharesAreSortKeysToo() {
    assertThat(sorted("memory.utilization", "desc")).containsExactly(high, low, silent, gone);
  }

  @Test
  void theFilterLooksAtNameLabelAddressAndSystem() {
    assertThat(filtered("HIGH")).containsExactly(high);
    assertThat(filtered("role=web")).hasSize(4);
    assertThat(filtered("10.1.")).containsExactly(silent);
    assertThat(filtered("debian")).hasSize(4);
    assertThat(filtered("nothing")).isEmpty();
  }

  @Test
  void rowsEndWithTheList() {
    FleetList list = FleetList.of(all, query("name", "asc", ""));

    assertThat(list.rows(3, 10)).hasSize(1);
    assertThat(list.rows(4, 10)).isEmpty();
    assertThat(list.rows(Integer.MAX_VALUE, 10)).isEmpty();
    assertThat(list.rows(0, 0)).isEmpty();
  }

  @Test
  void aMisspeltKeyIsToldTheNearest() {
    assertThatThrownBy(() -> query("memory.usd", "asc", ""))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("memory.used");
  }

  @Test
  void watchersOfOneOrderShareItAndThoseOfOneWindowItsBytes() throws Exception {
    var tick = new FleetTick(all, 1_000);
    FleetQuery query = query("cpu.utilization", "desc", "");

    byte[] one = tick.message(new FleetWindow(query, 0, 2));
    byte[] same = tick.message(new FleetWindow(query("cpu.utilization", "desc", ""), 0, 2));
    byte[] next = tick.message(new FleetWindow(query, 2, 2));

    assertThat(one).isSameAs(same);
    assertThat(tick.orders()).isEqualTo(1);
    var message = new ObjectMapper().readTree(next);
    assertThat(message.get("offset").intValue()).isEqualTo(2);
    assertThat(message.get("rows").get(0).get("stale").booleanValue()).isTrue();
    assertThat(message.get("rows").get(0).get("rttMs").isNull()).isTrue();
    assertThat(new ObjectMapper().readTree(tick.message(new FleetWindow(query, 9, 2))).get("rows"))
        .isEmpty();
  }

  private List<HostState> sorted(String sort, String order) {
    return FleetList.of(all, query(sort, order, "")).hosts();
  }

  private List<HostState> filtered(String filter) {
    return FleetList.of(all, query("name", "asc", filter)).hosts();
  }

  private FleetQuery query(String sort, String order, String filter) {
    return FleetQuery.of(sort, order, filter, all);
  }
}
