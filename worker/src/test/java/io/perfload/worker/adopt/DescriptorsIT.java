// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import static io.perfload.worker.adopt.DoorRig.SOON;
import static io.perfload.worker.adopt.DoorRig.descriptors;
import static io.perfload.worker.adopt.DoorRig.freeze;
import static io.perfload.worker.adopt.DoorRig.settled;
import static io.perfload.worker.adopt.DoorRig.signal;
import static io.perfload.worker.adopt.DoorRig.slot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perfload.common.control.DoorCounters;
import io.perfload.common.control.SlotState;
import io.perfload.master.Master;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing leaks, and running out of descriptors ends nothing. */
class DescriptorsIT {
  private static final long SELF = ProcessHandle.current().pid();

  private final Path directory;

  DescriptorsIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void tenThousandResetsLeaveNoDescriptor() throws Exception {
    try (var rig = new DoorRig(directory)) {
      Master master = rig.master(1);
      int port = master.address().getPort();
      long worker = slot(master, 0).pid();
      try (Client warm = Client.connect(port)) {
        warm.ask();
      }
      await().atMost(SOON).until(() -> slot(master, 0).connections() == 0);
      int before = descriptors(worker);
      int beforeHere = descriptors(SELF);

      for (int i = 0; i < 10_000; i++) {
        Client.connect(port).reset();
      }

      await().atMost(SOON).until(() -> master.report().counters().accepted() == 10_001);
      settled(master);
      await().atMost(SOON).untilAsserted(() -> assertThat(descriptors(worker)).isEqualTo(before));
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(descriptors(SELF)).isLessThanOrEqualTo(beforeHere));
    }
  }

  @Test
  void aConnectionResetBeforeItIsAdoptedIsAnsweredDeadAndClosed() throws Exception {
    try (var rig = new DoorRig(directory)) {
      Master master = rig.master(1);
      int port = master.address().getPort();
      long worker = slot(master, 0).pid();
      int before = descriptors(worker);

      freeze(worker);
      for (int i = 0; i < 150; i++) {
        Client.connect(port).reset();
      }
      await().atMost(SOON).until(() -> master.report().counters().queued() == 150);
      signal("CONT", worker);

      DoorCounters counters = settled(master).counters();
      assertThat(counters.dead()).isEqualTo(150);
      assertThat(descriptors(worker)).isEqualTo(before);
    }
  }

  @Test
  void aWorkerOutOfDescriptorsSaysSoAndKeepsItsLink() throws Exception {
    try (var rig = new DoorRig(directory)) {
      Master master = rig.master(0);
      int port = master.address().getPort();
      List<String> limited = List.of("bash", "-c", "ulimit -n 160; exec \"$@\"", "limited");
      Process small = rig.externalWorker(limited, "--room", "100000");
      DoorRig.awaitLive(master, 1);
      Process large = rig.externalWorker(List.of());
      DoorRig.awaitLive(master, 2);

      List<Client> clients = new ArrayList<>();
      List<Long> answered = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        clients.add(Client.connect(port));
        answered.add(clients.get(i).ask());
      }
      assertThat(answered).contains(small.pid(), large.pid());
      assertThat(settled(master).counters().notTaken()).isPositive();
      assertThat(DoorRig.live(master)).hasSize(2);
      for (Client client : clients) {
        client.close();
      }

      await()
          .atMost(SOON)
          .until(() -> slot(master, 0).connections() == 0 && slot(master, 1).connections() == 0);
      assertThat(whoAnswers(port, 200)).contains(small.pid());
      assertThat(slot(master, 0).restarts()).isZero();
    }
  }

  private static List<Long> whoAnswers(int port, int clients) throws IOException {
    List<Long> pids = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      try (Client client = Client.connect(port, Client.address(i))) {
        pids.add(client.ask());
      }
    }
    return pids;
  }

  @Test
  void aMasterWith256DescriptorsOutlivesTwoThousandAtOnceWithAWorkerStopped() throws Exception {
    try (var rig = new DoorRig(directory)) {
      int port = DoorRig.freePort();
      List<String> limited = List.of("bash", "-c", "ulimit -n 256; exec \"$@\"", "limited");
      Process master = rig.masterProcess(port, limited, "--lost-after", "1m");
      Process one = rig.externalWorker(List.of());
      Process other = rig.externalWorker(List.of());
      awaitBoth(port, one, other);
      freeze(one.pid());

      List<Client> clients = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        Client client = Client.connect(port, Client.address(i));
        client.say();
        clients.add(client);
      }
      List<Client> waiting = new ArrayList<>();
      for (Client client : clients) {
        if (!answered(client, Duration.ofMillis(waiting.isEmpty() ? 5_000 : 50))) {
          waiting.add(client);
        }
      }
      assertThat(waiting.size()).isLessThanOrEqualTo(64);
      signal("CONT", one.pid());

      for (Client client : waiting) {
        client.hear(SOON);
      }
      assertThat(master.isAlive()).isTrue();
      assertThat(descriptors(master.pid())).isLessThan(256);
      for (Client client : clients) {
        client.close();
      }
    }
  }

  private static void awaitBoth(int port, Process one, Process other) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(whoAnswers(port, 20)).contains(one.pid(), other.pid()));
  }

  private static boolean answered(Client client, Duration within) throws IOException {
    try {
      client.hear(within);
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    }
  }

  @Test
  void withoutAWorkerTheBacklogWaitsAndAfterATimeIsRefused() throws Exception {
    try (var rig = new DoorRig(directory).refuseAfter(Duration.ofSeconds(2))) {
      Master master = rig.master(0);
      int port = master.address().getPort();

      try (Client client = Client.connect(port)) {
        client.say();
        assertThat(master.report().counters().accepted()).isZero();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> client.hear(SOON))
            .isInstanceOf(IOException.class)
            .isNotInstanceOf(java.net.SocketTimeoutException.class);
      }
      assertThat(settled(master).counters().refused()).isEqualTo(1);

      rig.externalWorker(List.of());
      DoorRig.awaitLive(master, 1);
      await().atMost(SOON).until(() -> tryAsk(port));
      assertThat(slot(master, 0).state()).isEqualTo(SlotState.LIVE);
    }
  }

  private static boolean tryAsk(int port) {
    try (Client client = Client.connect(port)) {
      return client.ask() > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
