// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perfload.common.control.SlotReport;
import io.perfload.common.route.ClientKey;
import io.perfload.common.route.SlotTable;
import io.perfload.common.route.StickyRoute;
import io.perfload.master.Master;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StickyDoorIT {
  private static final int WORKERS = 3;

  @Test
  void everyClientGetsItsOwnSlotAndACrowdIsSpread(@TempDir Path directory) throws Exception {
    try (var rig = new DoorRig(directory)) {
      Master master = rig.master(WORKERS);
      int port = master.address().getPort();
      int before = DoorRig.descriptors(ProcessHandle.current().pid());

      eachOfAThousandAddressesLandsOnTheSlotOfTheRoute(master, port);
      await()
          .atMost(DoorRig.SOON)
          .until(() -> DoorRig.live(master).stream().allMatch(slot -> slot.connections() == 0));
      aThousandFromOneAddressSpreadWithinTheBound(port);

      DoorRig.settled(master);
      assertThat(DoorRig.descriptors(ProcessHandle.current().pid())).isLessThan(before + 10);
    }
  }

  private static void eachOfAThousandAddressesLandsOnTheSlotOfTheRoute(Master master, int port)
      throws Exception {
    var route = new StickyRoute();
    Map<Integer, Long> pids =
        master.report().slots().stream()
            .collect(Collectors.toMap(SlotReport::slot, SlotReport::pid));
    for (int i = 0; i < 1_000; i++) {
      InetAddress address = Client.address(i);
      int slot = route.preference(ClientKey.of(address), new Idle())[0];
      for (int again = 0; again < 2; again++) {
        try (Client client = Client.connect(port, address)) {
          assertThat(client.ask()).as("%s", address).isEqualTo(pids.get(slot));
        }
      }
    }
  }

  private static void aThousandFromOneAddressSpreadWithinTheBound(int port) throws Exception {
    List<Client> clients = new ArrayList<>();
    Map<Long, Integer> counts = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      Client client = Client.connect(port);
      clients.add(client);
      counts.merge(client.ask(), 1, Integer::sum);
    }

    assertThat(counts.values()).hasSize(WORKERS).allMatch(count -> count <= 1_000 * 5 / 12 + 1);
    for (Client client : clients) {
      client.close();
    }
  }

  /** The roster without load. */
  private static final class Idle implements SlotTable {
    @Override
    public int size() {
      return WORKERS;
    }

    @Override
    public boolean live(int slot) {
      return true;
    }

    @Override
    public boolean open(int slot) {
      return true;
    }

    @Override
    public int load(int slot) {
      return 0;
    }
  }
}
