// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import static io.perfload.worker.adopt.DoorRig.SOON;
import static io.perfload.worker.adopt.DoorRig.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.perfload.common.control.ProcessIdentity;
import io.perfload.master.Master;
import io.perfload.master.StartFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masters come and go; the door stays. */
class MasterDeathIT {
  private final Path directory;

  MasterDeathIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void afterKillNineConnectionsGoOnNewOnesWaitAndTheNextMasterTakesTheWorkersBack()
      throws Exception {
    try (var rig = new DoorRig(directory)) {
      int port = DoorRig.freePort();
      String command = DoorRig.quoted(rig.workerCommand());
      Process first =
          rig.masterProcess(port, List.of(), "--workers", "2", "--worker-command", command);
      List<Client> old = askAll(port, 50);
      Set<Long> workers = pids(rig, 2);

      first.destroyForcibly().waitFor();

      for (Client client : old) {
        assertThat(client.ask()).isIn(workers);
      }
      List<Client> waiting = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Client client = Client.connect(port, Client.address(i));
        client.say();
        waiting.add(client);
      }
      rig.masterProcess(port, List.of(), "--workers", "2", "--worker-command", command);
      for (Client client : waiting) {
        assertThat(client.hear(SOON)).isIn(workers);
      }
      assertThat(pids(rig, 2)).isEqualTo(workers);
      for (Client client : old) {
        assertThat(client.ask()).isIn(workers);
      }
    }
  }

  @Test
  void hangUpMakesWayForTheNextMasterAndNoClientNotices() throws Exception {
    try (var rig = new DoorRig(directory)) {
      int port = DoorRig.freePort();
      String command = DoorRig.quoted(rig.workerCommand());
      Process master =
          rig.masterProcess(port, List.of(), "--workers", "2", "--worker-command", command);
      askAll(port, 10);
      Set<Long> workers = pids(rig, 2);
      var stop = new AtomicBoolean();
      var asked = new AtomicInteger();
      var failures = new ArrayList<Exception>();
      var load = new Thread(() -> load(port, stop, asked, failures), "load");
      load.start();

      for (int swap = 0; swap < 2; swap++) {
        int wanted = asked.get() + 50;
        await().atMost(SOON).until(() -> asked.get() >= wanted);
        signal("HUP", master.pid());
        assertThat(master.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(master.exitValue()).isZero();
        master = rig.masterProcess(port, List.of(), "--workers", "2", "--worker-command", command);
      }
      int wanted = asked.get() + 50;
      await().atMost(SOON).until(() -> asked.get() >= wanted);
      stop.set(true);
      load.join();

      assertThat(failures).isEmpty();
      assertThat(pids(rig, 2)).isEqualTo(workers);
    }
  }

  @Test
  void aMasterThatComesToReplaceTakesDoorAndWorkersAndNoClientNotices() throws Exception {
    try (var rig = new DoorRig(directory)) {
      int port = DoorRig.freePort();
      String command = DoorRig.quoted(rig.workerCommand());
      String[] options = {"--replace", "--workers", "2", "--worker-command", command};
      Process master = rig.masterProcess(port, List.of(), options);
      List<Client> held = askAll(port, 20);
      Set<Long> workers = pids(rig, 2);
      var load = new Load(port);
      load.start();

      for (int swap = 0; swap < 2; swap++) {
        load.awaitMore(100);
        Process next = rig.masterProcess(port, List.of(), options);
        assertThat(master.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(master.exitValue()).isZero();
        assertThat(next.isAlive()).isTrue();
        master = next;
      }
      load.awaitMore(100);
      load.stop();

      assertThat(load.whys).isEmpty();
      assertThat(pids(rig, 2)).isEqualTo(workers);
      for (Client client : held) {
        assertThat(client.ask()).isIn(workers);
      }
    }
  }

  private static void load(
      int port, AtomicBoolean stop, AtomicInteger asked, List<Exception> failures) {
    while (!stop.get()) {
      try (Client client = Client.connect(port, Client.address(asked.get()))) {
        client.ask();
        asked.incrementAndGet();
      } catch (IOException e) {
        failures.add(e);
      }
    }
  }

  @Test
  void terminateStopsWorkersFreesThePortAndExitsWithZero() throws Exception {
    try (var rig = new DoorRig(directory)) {
      int port = DoorRig.freePort();
      Process master =
          rig.masterProcess(
              port,
              List.of(),
              "--workers",
              "2",
              "--worker-command",
              DoorRig.quoted(rig.workerCommand()));
      askAll(port, 10);
      Set<Long> workers = pids(rig, 2);

      signal("TERM", master.pid());

      assertThat(master.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(master.exitValue()).isZero();
      assertThat(workers).noneMatch(pid -> ProcessIdentity.of(pid).isPresent());
      assertThatThrownBy(() -> Client.connect(port)).isInstanceOf(IOException.class);
      try (var left = Files.list(rig.run().path())) {
        assertThat(left.map(path -> path.getFileName().toString())).containsExactly("master.lock");
      }
    }
  }

  @Test
  void aSecondMasterIsToldWhoHasTheRunDirectory() throws Exception {
    try (var rig = new DoorRig(directory)) {
      Process first = rig.masterProcess(DoorRig.freePort(), List.of());

      Process second = rig.masterProcess(DoorRig.freePort(), List.of());

      assertThat(second.waitFor()).isEqualTo(1);
      assertThat(rig.log(1))
          .contains("another master (pid " + first.pid() + ") uses the run directory");
    }
  }

  @Test
  void aPortThatIsSomebodyElsesIsNamed() throws Exception {
    try (var rig = new DoorRig(directory);
        var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();

      assertThatThrownBy(() -> rig.master(port, 1, Duration.ofMillis(300)))
          .isInstanceOf(StartFailed.class)
          .hasMessageContaining("something else listens at 127.0.0.1:" + port);
      assertThat(rig.run().workerPid(0).path()).doesNotExist();
    }
  }

  @Test
  void aWorkerLeftAloneLetsGoOfTheDoorInTheEnd() throws Exception {
    try (var rig = new DoorRig(directory)) {
      int port = DoorRig.freePort();
      Process master = rig.masterProcess(port, List.of());
      rig.externalWorker(List.of(), "--keep-door", "1000");
      askAll(port, 1);

      master.destroyForcibly().waitFor();

      Client.connect(port).close();
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThatThrownBy(() -> Client.connect(port)).isInstanceOf(IOException.class));
      Master next = rig.master(port, 0, Duration.ofSeconds(5));
      DoorRig.awaitLive(next, 1);
    }
  }

  private static List<Client> askAll(int port, int count) throws IOException {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Client client = Client.connect(port, Client.address(i));
      client.ask();
      clients.add(client);
    }
    return clients;
  }

  private static Set<Long> pids(DoorRig rig, int workers) {
    return IntStream.range(0, workers)
        .mapToObj(slot -> rig.run().workerPid(slot).read().orElseThrow().pid())
        .collect(Collectors.toSet());
  }
}
