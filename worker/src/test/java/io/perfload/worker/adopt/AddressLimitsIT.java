// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import static io.perfload.worker.adopt.DoorRig.SOON;
import static io.perfload.worker.adopt.DoorRig.settled;
import static io.perfload.worker.adopt.DoorRig.slot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perfload.common.control.DoorCounters;
import io.perfload.common.route.AddressRanges;
import io.perfload.master.Master;
import io.perfload.master.accept.ConnectLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One address can have so much and no more; others do not notice. */
class AddressLimitsIT {
  private static final InetAddress CROWD = Client.address(1);
  private static final InetAddress OTHER = Client.address(2);
  private static final InetAddress KNOWN = Client.address(3);

  private final Path directory;

  AddressLimitsIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void whoConnectsTooOftenIsClosedAndCountedAndOthersAreServed() throws Exception {
    var allowed = AddressRanges.parse(KNOWN.getHostAddress()).orElseThrow();
    var limits = new ConnectLimits(1, 50, allowed);
    try (var rig = new DoorRig(directory).connects(limits)) {
      Master master = rig.master(1);
      int port = master.address().getPort();

      int served = askAndLeave(port, CROWD, 300);

      assertThat(served).isBetween(50, 80);
      assertThat(askAndLeave(port, OTHER, 50)).isEqualTo(50);
      assertThat(askAndLeave(port, KNOWN, 200)).isEqualTo(200);
      DoorCounters counters = settled(master).counters();
      assertThat(counters.limited()).isEqualTo(300 - served);
      assertThat(counters.adopted()).isEqualTo(served + 250);
      assertThat(rig.adoptions()).hasSize(served + 250);
    }
  }

  @Test
  void oneAddressHasSoManyConnectionsAtAWorkerAndRoomAgainWhenTheyGo() throws Exception {
    try (var rig = new DoorRig(directory)) {
      Master master = rig.master(1, "--connections-per-address", "20");
      int port = master.address().getPort();
      closeAll(ask(port, OTHER, 1));
      await().atMost(SOON).until(() -> slot(master, 0).connections() == 0);
      int before = DoorRig.descriptors(slot(master, 0).pid());
      List<Client> held = ask(port, CROWD, 20);

      assertThat(ask(port, CROWD, 10)).isEmpty();
      List<Client> others = ask(port, OTHER, 20);
      assertThat(others).hasSize(20);
      await().atMost(SOON).until(() -> slot(master, 0).connections() == 40);

      for (Client client : held.subList(0, 5)) {
        client.close();
      }
      await().atMost(SOON).until(() -> slot(master, 0).connections() == 35);
      List<Client> again = ask(port, CROWD, 10);
      assertThat(again).hasSize(5);

      closeAll(held, others, again);
      await().atMost(SOON).until(() -> slot(master, 0).connections() == 0);
      assertThat(DoorRig.descriptors(slot(master, 0).pid())).isEqualTo(before);
    }
  }

  private static int askAndLeave(int port, InetAddress from, int times) throws IOException {
    int served = 0;
    for (int i = 0; i < times; i++) {
      List<Client> one = ask(port, from, 1);
      served += one.size();
      closeAll(one);
    }
    return served;
  }

  /** Returns those that were answered; the others were closed. */
  private static List<Client> ask(int port, InetAddress from, int count) throws IOException {
    List<Client> answered = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Client client = Client.connect(port, from);
      try {
        client.ask();
        answered.add(client);
      } catch (SocketTimeoutException e) {
        throw new AssertionError("neither answered nor closed", e);
      } catch (IOException e) {
        client.close();
      }
    }
    return answered;
  }

  @SafeVarargs
  private static void closeAll(List<Client>... lists) throws IOException {
    for (List<Client> clients : lists) {
      for (Client client : clients) {
        client.close();
      }
    }
  }
}
