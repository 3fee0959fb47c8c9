// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import static io.perfload.worker.adopt.DoorRig.SOON;
import static io.perfload.worker.adopt.DoorRig.freeze;
import static io.perfload.worker.adopt.DoorRig.settled;
import static io.perfload.worker.adopt.DoorRig.signal;
import static io.perfload.worker.adopt.DoorRig.slot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.perfload.common.control.SlotReport;
import io.perfload.common.control.SlotState;
import io.perfload.master.Master;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that dies or hangs takes nothing with it that it had not adopted. */
class WorkerDeathIT {
  private static final int CLIENTS = 100;

  private final Path directory;

  WorkerDeathIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void connectionsThatAKilledWorkerDidNotAnswerGoToAnotherAndNoneIsServedTwice() throws Exception {
    try (var rig = new DoorRig(directory)) {
      Master master = rig.master(2);
      long victim = slot(master, 0).pid();
      freeze(victim);
      List<Client> clients = connect(master);

      signal("KILL", victim);

      for (Client client : clients) {
        assertThat(client.hear(SOON)).isNotEqualTo(victim);
      }
      assertThat(settled(master).counters().rerouted()).isPositive();
      assertEachAdoptedOnce(rig, clients);
      await().atMost(SOON).until(() -> slot(master, 0).state() == SlotState.LIVE);
      assertThat(slot(master, 0).restarts()).isEqualTo(1);
    }
  }

  @Test
  void aHungWorkerDelaysNoOtherSlotAndItsConnectionsMoveOnlyOnceItIsDead() throws Exception {
    try (var rig = new DoorRig(directory).hungAfter(Duration.ofSeconds(4))) {
      Master master = rig.master(2);
      long victim = slot(master, 0).pid();
      freeze(victim);
      List<Client> clients = connect(master);

      List<Client> waiting = new ArrayList<>();
      for (Client client : clients) {
        try {
          assertThat(client.hear(Duration.ofMillis(waiting.isEmpty() ? 2_000 : 20)))
              .isNotEqualTo(victim);
        } catch (SocketTimeoutException e) {
          waiting.add(client);
        }
      }
      assertThat(waiting).isNotEmpty();
      assertThat(slot(master, 0).state()).isEqualTo(SlotState.STALLED);
      assertThat(master.report().counters().rerouted()).isZero();

      for (Client client : waiting) {
        assertThat(client.hear(SOON)).isNotEqualTo(victim);
      }
      assertThat(ProcessHandle.of(victim).map(ProcessHandle::isAlive).orElse(false)).isFalse();
      assertEachAdoptedOnce(rig, clients);
    }
  }

  private static List<Client> connect(Master master) throws IOException {
    int port = master.address().getPort();
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Client client = Client.connect(port, Client.address(i));
      client.say();
      clients.add(client);
    }
    return clients;
  }

  private static void assertEachAdoptedOnce(DoorRig rig, List<Client> clients) throws IOException {
    assertThat(rig.adoptions())
        .containsExactlyInAnyOrderElementsOf(clients.stream().map(Client::name).toList());
    for (Client client : clients) {
      client.close();
    }
  }

  @Test
  void underLoadFifteenKillsLoseNothingThatWasNotAdoptedAndServeNobodyTwice() throws Exception {
    try (var rig = new DoorRig(directory)) {
      Master master = rig.master(3);
      int before = DoorRig.descriptors(ProcessHandle.current().pid());
      var load = new Load(master.address().getPort());
      load.start();

      var random = new Random(20_261_120);
      for (int kill = 1; kill <= 15; kill++) {
        int wanted = load.answered.size() + 100;
        await().atMost(SOON).until(() -> load.answered.size() >= wanted);
        List<SlotReport> live = DoorRig.live(master);
        if (!live.isEmpty()) {
          signal("KILL", live.get(random.nextInt(live.size())).pid());
        }
      }
      load.stop();

      var counters = settled(master).counters();
      assertThat(counters.refused() + counters.severed()).isZero();
      assertThat(counters.accepted()).isEqualTo(load.opened.get());
      List<String> adoptions = rig.adoptions();
      assertThat(adoptions).doesNotHaveDuplicates();
      assertThat(new HashSet<>(adoptions)).containsAll(load.answered);
      // who was not answered was adopted by a worker that was killed before it could
      assertThat(load.failed.get()).isLessThanOrEqualTo(15 * Load.THREADS);
      assertThat(DoorRig.descriptors(ProcessHandle.current().pid())).isLessThan(before + 10);
    }
  }

  @Test
  void aWorkerThatNobodyStartedGetsASlotAndLosesItWhenItDies() throws Exception {
    try (var rig = new DoorRig(directory)) {
      Master master = rig.master(1);
      Process guest = rig.externalWorker(List.of());
      DoorRig.awaitLive(master, 2);
      assertThat(slot(master, 1).pid()).isEqualTo(guest.pid());

      guest.destroyForcibly().waitFor();

      await().atMost(SOON).until(() -> slot(master, 1).state() == SlotState.VACANT);
      Process successor = rig.externalWorker(List.of());
      DoorRig.awaitLive(master, 2);
      assertThat(slot(master, 1).pid()).isEqualTo(successor.pid());
    }
  }

  @Test
  void aWorkerThatIsNotOursSoonLosesItsSlotHoweverItGoes() throws Exception {
    // three seconds are promised; the other three are for a busy machine
    Duration limit = Duration.ofSeconds(6);
    try (var rig = new DoorRig(directory).lostAfter(Duration.ofMillis(2_500))) {
      Master master = rig.master(0);
      Process dies = rig.externalWorker(List.of());
      DoorRig.awaitLive(master, 1);
      Process hangs = rig.externalWorker(List.of());
      DoorRig.awaitLive(master, 2);
      long began = System.nanoTime();

      DoorRig.freeze(hangs.pid());
      dies.destroyForcibly();

      await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(SOON)
          .until(() -> slot(master, 0).state() == SlotState.VACANT);
      Duration dead = Duration.ofNanos(System.nanoTime() - began);
      await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(SOON)
          .until(() -> slot(master, 1).state() == SlotState.VACANT);
      Duration hung = Duration.ofNanos(System.nanoTime() - began);

      assertThat(dead).isLessThan(limit);
      assertThat(hung).isLessThan(limit);
      signal("CONT", hangs.pid());
      DoorRig.awaitLive(master, 1);
      assertThat(slot(master, 1).pid()).isEqualTo(hangs.pid());
    }
  }

  @Test
  void aWorkerThatHangsAndIsNotOursLosesItsSlotAndWhatItDidNotAnswerEnds() throws Exception {
    try (var rig = new DoorRig(directory).lostAfter(Duration.ofSeconds(2))) {
      Master master = rig.master(0);
      Process guest = rig.externalWorker(List.of());
      DoorRig.awaitLive(master, 1);
      freeze(guest.pid());

      try (Client client = Client.connect(master.address().getPort())) {
        client.say();
        assertThatThrownBy(() -> client.hear(SOON))
            .isInstanceOf(IOException.class)
            .isNotInstanceOf(SocketTimeoutException.class);
      }

      assertThat(guest.isAlive()).isTrue();
      assertThat(settled(master).counters().severed()).isEqualTo(1);
      assertThat(slot(master, 0).state()).isEqualTo(SlotState.VACANT);
      signal("CONT", guest.pid());
      DoorRig.awaitLive(master, 1);
    }
  }
}
