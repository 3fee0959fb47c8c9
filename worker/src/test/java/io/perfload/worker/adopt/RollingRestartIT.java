// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import static io.perfload.worker.adopt.DoorRig.SOON;
import static io.perfload.worker.adopt.DoorRig.settled;
import static io.perfload.worker.adopt.DoorRig.signal;
import static io.perfload.worker.adopt.DoorRig.slot;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perfload.common.control.FromMaster;
import io.perfload.common.control.FromWorker;
import io.perfload.common.control.OperatorLink;
import io.perfload.common.control.ProcessIdentity;
import io.perfload.common.control.SlotReport;
import io.perfload.master.Master;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers get new processes one by one, and nobody notices but their own connections. */
class RollingRestartIT {
  private static final int HELD = 90;

  private final Path directory;

  RollingRestartIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void underLoadNobodyIsRefusedOrLostAndEachConnectionIsCutAtMostOnce() throws Exception {
    try (var rig = new DoorRig(directory)) {
      Master master = rig.master(3);
      int port = master.address().getPort();
      Map<Integer, Long> before = pids(master);
      List<Held> held = hold(port, HELD);
      var load = new Load(port);
      load.start();
      load.awaitMore(100);

      List<FromMaster.Replaced> replaced = restart(rig);
      load.awaitMore(100);
      load.stop();

      assertThat(replaced).extracting(FromMaster.Replaced::slot).containsExactly(0, 1, 2);
      for (FromMaster.Replaced one : replaced) {
        assertThat(one.oldPid()).isEqualTo(before.get(one.slot()));
        assertThat(one.newPid()).isEqualTo(slot(master, one.slot()).pid());
        assertThat(ProcessIdentity.of(one.oldPid())).isEmpty();
      }
      assertThat(load.whys).isEmpty();
      var counters = settled(master).counters();
      assertThat(counters.refused() + counters.severed() + counters.rerouted()).isZero();
      assertThat(counters.accepted()).isEqualTo(load.opened.get() + HELD);

      Map<Long, Integer> slots = new HashMap<>();
      pids(master).forEach((slot, pid) -> slots.put(pid, slot));
      for (Held one : held) {
        // each was cut with its own worker, and its slot has it again
        assertThat(one.client.isCut()).isTrue();
        long pid = one.reconnect(port);
        assertThat(slots.get(pid)).as("%s", one.address).isEqualTo(slotOf(before, one.pid));
        one.client.close();
      }
      assertThat(DoorRig.live(master)).hasSize(3).allMatch(slot -> slot.restarts() == 1);
      assertThat(pidFiles(rig)).containsExactly("worker-0.pid", "worker-1.pid", "worker-2.pid");
    }
  }

  private static int slotOf(Map<Integer, Long> pids, long pid) {
    return pids.entrySet().stream()
        .filter(entry -> entry.getValue() == pid)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  @Test
  void whileOneWorkerIsReplacedTheConnectionsOfOthersStay() throws Exception {
    try (var rig = new DoorRig(directory)) {
      // the second replacement fails, so that only slot 0 gets a new process
      Master master = rig.master(startingAtMost(4, rig, directory.resolve("starts")), 3);
      int port = master.address().getPort();
      List<Held> held = hold(port, HELD);
      Map<Integer, Long> before = pids(master);

      List<FromMaster> told = ask(rig);

      assertThat(told.get(0)).isInstanceOf(FromMaster.Replaced.class);
      assertThat(told.get(1))
          .isEqualTo(new FromMaster.RestartEnded("worker 1: its new process ended"));
      long gone = requireNonNull(before.get(0));
      for (Held one : held) {
        if (one.pid == gone) {
          assertThat(one.client.isCut()).isTrue();
        } else {
          assertThat(one.client.ask()).isEqualTo(one.pid);
        }
        one.client.close();
      }
      assertThat(pids(master)).containsEntry(1, before.get(1)).containsEntry(2, before.get(2));
      assertThat(DoorRig.live(master)).hasSize(3);
    }
  }

  /** A worker whose process can be started so many times; each start is a line of {@code file}. */
  private List<String> startingAtMost(int times, DoorRig rig, Path file) {
    String script =
        "echo >> "
            + file
            + "; [ $(wc -l < "
            + file
            + ") -le "
            + times
            + " ] || exit 1; exec \"$@\"";
    List<String> line = new ArrayList<>(List.of("bash", "-c", script, "worker"));
    line.addAll(rig.workerCommand());
    return line;
  }

  @Test
  void withOneWorkerNobodyIsRefusedOrLostEither() throws Exception {
    try (var rig = new DoorRig(directory)) {
      Master master = rig.master(1);
      var load = new Load(master.address().getPort());
      load.start();
      load.awaitMore(100);

      for (int i = 0; i < 3; i++) {
        assertThat(restart(rig)).hasSize(1);
      }
      load.awaitMore(100);
      load.stop();

      assertThat(load.whys).isEmpty();
      assertThat(settled(master).counters().accepted()).isEqualTo(load.opened.get());
      assertThat(slot(master, 0).restarts()).isEqualTo(3);
    }
  }

  @Test
  void aWorkerThatDiesWhileItsSuccessorStartsIsFollowedByIt() throws Exception {
    try (var rig = new DoorRig(directory)) {
      Master master = rig.master(1);
      long old = slot(master, 0).pid();
      try (OperatorLink link = OperatorLink.connect(rig.run())) {
        link.send(new FromWorker.RestartWorkers());
        await().atMost(SOON).until(() -> rig.run().nextWorkerPid(0).read().isPresent());
        long next = rig.run().nextWorkerPid(0).read().orElseThrow().pid();

        signal("KILL", old);

        assertThat(untilEnd(link))
            .containsExactly(
                new FromMaster.Replaced(0, old, next), new FromMaster.RestartEnded(""));
        assertThat(slot(master, 0).pid()).isEqualTo(next);
        assertThat(slot(master, 0).restarts()).isEqualTo(1);
      }
    }
  }

  @Test
  void aWorkerThatHangsIsReplacedTooAndWhatItDidNotAnswerGoesToItsSuccessor() throws Exception {
    try (var rig = new DoorRig(directory)) {
      Master master = rig.master(1);
      int port = master.address().getPort();
      DoorRig.freeze(slot(master, 0).pid());
      try (Client client = Client.connect(port)) {
        client.say();
        await().atMost(SOON).until(() -> master.report().counters().queued() == 1);

        assertThat(restart(rig)).hasSize(1);

        assertThat(client.hear(SOON)).isEqualTo(slot(master, 0).pid());
      }
    }
  }

  @Test
  void aMasterThatIsKilledMeanwhileLeavesNoWorkerTooMany() throws Exception {
    try (var rig = new DoorRig(directory)) {
      int port = DoorRig.freePort();
      String command = DoorRig.quoted(rig.workerCommand());
      String[] options = {"--workers", "2", "--worker-command", command};
      Process master = rig.masterProcess(port, List.of(), options);
      Client.connect(port).ask();
      signal("USR1", master.pid());
      await().atMost(SOON).until(() -> rig.run().nextWorkerPid(0).read().isPresent());
      ProcessIdentity next = rig.run().nextWorkerPid(0).read().orElseThrow();

      master.destroyForcibly().waitFor();
      rig.masterProcess(port, List.of(), options);

      await().atMost(SOON).until(() -> !next.alive() || isWorker(rig, next));
      assertThat(Client.connect(port).ask()).isPositive();
      await()
          .atMost(SOON)
          .until(() -> pidFiles(rig).equals(List.of("worker-0.pid", "worker-1.pid")));
      await().atMost(SOON).until(() -> rig.ownProcesses(EchoWorker.class) == 2);
    }
  }

  private static boolean isWorker(DoorRig rig, ProcessIdentity process) {
    return IntStream.range(0, 2)
        .mapToObj(slot -> rig.run().workerPid(slot).read())
        .anyMatch(worker -> worker.filter(process::equals).isPresent());
  }

  @Test
  void aStopMeanwhileLeavesNobody() throws Exception {
    try (var rig = new DoorRig(directory)) {
      Master master = rig.master(2);
      try (OperatorLink link = OperatorLink.connect(rig.run())) {
        link.send(new FromWorker.RestartWorkers());
        await().atMost(SOON).until(() -> rig.run().nextWorkerPid(0).read().isPresent());
      }

      master.stop();

      assertThat(rig.ownProcesses(EchoWorker.class)).isZero();
      assertThat(pidFiles(rig)).isEmpty();
    }
  }

  @Test
  void onlyOneRestartGoesOnAtATimeAndNothingToRestartIsSaid() throws Exception {
    try (var rig = new DoorRig(directory)) {
      rig.master(1);
      try (OperatorLink first = OperatorLink.connect(rig.run())) {
        first.send(new FromWorker.RestartWorkers());
        await().atMost(SOON).until(() -> rig.run().nextWorkerPid(0).read().isPresent());

        assertThat(ask(rig)).containsExactly(new FromMaster.RestartEnded("a restart is under way"));
        // who came first still hears of the door, and the end
        assertThat(first.next(Duration.ofSeconds(10))).isInstanceOf(FromMaster.Roster.class);
        assertThat(untilEnd(first)).hasSize(2);
      }
    }
    try (var rig = new DoorRig(directory.resolve("other"))) {
      rig.master(0);
      assertThat(ask(rig))
          .containsExactly(new FromMaster.RestartEnded("this master starts no workers"));
    }
  }

  // ---- what they do

  /** Restarts the workers; fails unless all were replaced. */
  private static List<FromMaster.Replaced> restart(DoorRig rig) throws IOException {
    List<FromMaster> told = ask(rig);
    assertThat(told).last().isEqualTo(new FromMaster.RestartEnded(""));
    return told.stream()
        .filter(FromMaster.Replaced.class::isInstance)
        .map(FromMaster.Replaced.class::cast)
        .toList();
  }

  private static List<FromMaster> ask(DoorRig rig) throws IOException {
    try (OperatorLink link = OperatorLink.connect(rig.run())) {
      link.send(new FromWorker.RestartWorkers());
      return untilEnd(link);
    }
  }

  /** All that is told of the restart; the roster is told besides. */
  private static List<FromMaster> untilEnd(OperatorLink link) throws IOException {
    List<FromMaster> told = new ArrayList<>();
    while (told.stream().noneMatch(FromMaster.RestartEnded.class::isInstance)) {
      FromMaster message = link.next(Duration.ofSeconds(10));
      if (!(message instanceof FromMaster.Roster)) {
        told.add(message);
      }
    }
    return told;
  }

  private static Map<Integer, Long> pids(Master master) {
    Map<Integer, Long> pids = new HashMap<>();
    for (SlotReport slot : DoorRig.live(master)) {
      pids.put(slot.slot(), slot.pid());
    }
    return pids;
  }

  private static List<String> pidFiles(DoorRig rig) throws IOException {
    try (Stream<Path> files = Files.list(rig.run().path())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("worker-"))
          .sorted()
          .toList();
    }
  }

  private static List<Held> hold(int port, int count) throws IOException {
    List<Held> held = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      held.add(new Held(port, 100_000 + i));
    }
    return held;
  }

  /** A connection that stays, as an agent's does. */
  private static final class Held {
    final int address;
    final Client client;
    final long pid;

    Held(int port, int address) throws IOException {
      this.address = address;
      client = Client.connect(port, Client.address(address));
      pid = client.ask();
    }

    long reconnect(int port) throws IOException {
      try (Client again = Client.connect(port, Client.address(address))) {
        return again.ask();
      }
    }
  }
}
