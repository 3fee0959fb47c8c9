// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perfload.common.control.PidFile;
import io.perfload.common.control.ProcessIdentity;
import io.perfload.standalone.child.Role;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final UpCommand perfload;
  private final DataDirectory data;

  UpIT(@TempDir Path directory) {
    perfload = new UpCommand(directory);
    data = new DataDirectory(perfload.data());
  }

  @AfterEach
  void leaveNothing() throws Exception {
    perfload.run("down");
  }

  @Test
  void everythingStartsHealsAndStops() throws Exception {
    UpCommand.Said up = perfload.run("up", "--detach", "--port", "0", "--workers", "2");
    assertThat(up.code()).as(up.text()).isZero();
    DoorProbe door = UpCommand.door(up);
    await("this machine").atMost(SOON).until(() -> hasCpu(UpCommand.host(door)));
    List<ProcessIdentity> seen = new ArrayList<>(everybody());

    UpCommand.Said status = perfload.run("status");
    assertThat(status.code()).as(status.text()).isZero();
    assertThat(status.text()).contains("redis", "store", "master", "agent", door.url());
    assertThat(status.text().lines().filter(line -> line.startsWith("worker"))).hasSize(2);

    for (Role role : List.of(Role.REDIS, Role.STORE, Role.AGENT)) {
      killAndAwaitNext(data.pid(role));
      seesNewSamples(door);
    }
    killAndAwaitNext(new PidFile(data.inRun("worker-0.pid")));
    seesNewSamples(door);
    seen.addAll(everybody());

    UpCommand.Said down = perfload.run("down");
    assertThat(down.code()).as(down.text()).isZero();
    assertThat(down.text()).contains("Perfload is down.");
    assertThat(seen).noneMatch(ProcessIdentity::alive);
    assertThat(new Family(data).living()).isEmpty();
    assertThat(FreePort.isFree(new InetSocketAddress(door.door().host(), door.door().port())))
        .isTrue();
    assertThat(perfload.run("status").code()).isEqualTo(1);
    assertThat(perfload.run("down").code()).isZero();
  }

  @Test
  void aMasterThatIsKilledBreaksNoConnectionAndRefusesNone() throws Exception {
    DoorProbe door = UpCommand.door(perfload.run("up", "--detach", "--port", "0", "--no-agent"));
    try (Socket before = connect(door)) {
      assertThat(alive(before)).startsWith("HTTP/1.1 200");
      ProcessIdentity master = data.pid(Role.MASTER).read().orElseThrow();

      master.kill();
      await().until(() -> !master.alive());
      try (Socket meanwhile = connect(door)) {
        assertThat(alive(before)).startsWith("HTTP/1.1 200");
        assertThat(alive(meanwhile)).startsWith("HTTP/1.1 200");
      }
      assertThat(data.pid(Role.MASTER).read()).isPresent().isNotEqualTo(Optional.of(master));
    }
  }

  @Test
  void masterAndWorkersAreRestartedUnderLoadAndNobodyIsRefused() throws Exception {
    DoorProbe door =
        UpCommand.door(
            perfload.run("up", "--detach", "--port", "0", "--workers", "2", "--no-agent"));
    ProcessIdentity master = data.pid(Role.MASTER).read().orElseThrow();
    List<ProcessIdentity> workers = workers();
    var stop = new AtomicBoolean();
    var asked = new AtomicInteger();
    var failures = new ConcurrentLinkedQueue<String>();
    var load = new Thread(() -> ask(door, stop, asked, failures), "load");
    load.start();
    await().atMost(SOON).until(() -> asked.get() > 100);

    UpCommand.Said said = perfload.run("restart");

    int then = asked.get();
    await().atMost(SOON).until(() -> asked.get() > then + 100);
    stop.set(true);
    load.join();
    assertThat(said.code()).as(said.text()).isZero();
    assertThat(said.text().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("master: pid " + master.pid() + " → "),
            line -> assertThat(line).startsWith("worker 0: pid " + workers.get(0).pid() + " → "),
            line -> assertThat(line).startsWith("worker 1: pid " + workers.get(1).pid() + " → "));
    assertThat(failures).isEmpty();
    assertThat(master.alive()).isFalse();
    assertThat(workers).noneMatch(ProcessIdentity::alive);
    assertThat(workers()).hasSize(2);
    assertThat(Files.readString(data.log("up").path())).contains("master made way for the next");
  }

  @Test
  void nothingToRestartIsSaidInASentence() throws Exception {
    assertThat(perfload.run("restart", "workers"))
        .satisfies(said -> assertThat(said.code()).isEqualTo(1))
        .satisfies(said -> assertThat(said.text()).contains("The master of", "does not answer"));
    assertThat(perfload.run("restart", "master"))
        .satisfies(said -> assertThat(said.code()).isEqualTo(1))
        .satisfies(said -> assertThat(said.text()).contains("No 'perfload up' runs"));
  }

  private List<ProcessIdentity> workers() {
    return java.util.stream.IntStream.range(0, 2)
        .mapToObj(slot -> data.run().workerPid(slot).read().orElseThrow())
        .toList();
  }

  /** One request a connection, as a browser's first. */
  private static void ask(
      DoorProbe door, AtomicBoolean stop, AtomicInteger asked, Queue<String> failures) {
    while (!stop.get()) {
      try (Socket socket = connect(door)) {
        if (!alive(socket).startsWith("HTTP/1.1 200")) {
          failures.add("not 200");
        }
        asked.incrementAndGet();
      } catch (Exception | AssertionError e) {
        failures.add(e.toString());
      }
    }
  }

  @Test
  void whatAKilledUpLeftIsEndedByTheNext() throws Exception {
    assertThat(perfload.run("up", "--detach", "--port", "0", "--no-agent").code()).isZero();
    List<ProcessIdentity> left = everybody();
    data.upPid().read().orElseThrow().kill();
    assertThat(perfload.run("status").text()).contains("is gone");

    UpCommand.Said next = perfload.run("up", "--detach", "--port", "0", "--no-agent");

    assertThat(next.code()).as(next.text()).isZero();
    assertThat(left).hasSizeGreaterThan(4).noneMatch(ProcessIdentity::alive);
    assertThat(UpCommand.door(next).answers()).isTrue();
  }

  @Test
  void oneSentenceTellsWhyItCannotStart() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());
      assertThat(perfload.run("up", "--port", port))
          .satisfies(said -> assertThat(said.code()).isEqualTo(1))
          .satisfies(
              said ->
                  assertThat(said.text())
                      .contains("Port " + port + " is taken by java (pid " + self() + ")"));
    }
    assertThat(perfload.run("up", "--port", "0", "--redis", "redis://:geheim@127.0.0.1:1"))
        .satisfies(said -> assertThat(said.code()).isEqualTo(1))
        .satisfies(
            said ->
                assertThat(said.text())
                    .contains("Redis does not answer at 127.0.0.1:1")
                    .doesNotContain("geheim"));
    assertThat(perfload.run("up", "--port", "0", "--mongo", "mongodb://u:geheim@127.0.0.1:1"))
        .satisfies(said -> assertThat(said.code()).isEqualTo(1))
        .satisfies(
            said ->
                assertThat(said.text())
                    .contains("MongoDB does not answer at 127.0.0.1:1")
                    .doesNotContain("geheim"));
    assertThat(perfload.runWith(Path.of("/proc/none"), "up", "--port", "0"))
        .satisfies(said -> assertThat(said.code()).isEqualTo(1))
        .satisfies(said -> assertThat(said.text()).contains("/proc/none cannot be used"));
    assertThat(perfload.run("up", "--port", "none").code()).isEqualTo(78);
    assertThat(perfload.run("up", "--prot", "1").code()).isEqualTo(2);
    assertThat(everybody()).isEmpty();
  }

  @Test
  void aSecondUpOnTheSameDataIsTurnedAway() throws Exception {
    assertThat(perfload.run("up", "--detach", "--port", "0", "--no-agent").code()).isZero();

    assertThat(perfload.run("up", "--port", "0"))
        .satisfies(said -> assertThat(said.code()).isEqualTo(1))
        .satisfies(said -> assertThat(said.text()).contains("Another 'perfload up'", "--data DIR"));
  }

  private void killAndAwaitNext(PidFile file) {
    ProcessIdentity first = file.read().orElseThrow();
    first.kill();
    await(file.path().toString())
        .atMost(SOON)
        .until(() -> file.read().filter(next -> !next.equals(first)).isPresent());
  }

  /** A sample that was taken from now on. */
  private static void seesNewSamples(DoorProbe door) {
    long now = System.currentTimeMillis();
    await("a new sample").atMost(SOON).until(() -> UpCommand.lastSampleAt(door) > now);
  }

  private List<ProcessIdentity> everybody() {
    return new Family(data)
        .living().values().stream().flatMap(List::stream).map(found -> found.identity()).toList();
  }

  private static boolean hasCpu(Map<?, ?> host) {
    return "online".equals(host.get("status"))
        && host.get("latest") instanceof Map<?, ?> latest
        && latest.containsKey("cpu.utilization");
  }

  private static Socket connect(DoorProbe door) throws Exception {
    var socket = new Socket(door.door().host(), door.door().port());
    socket.setSoTimeout((int) SOON.toMillis());
    return socket;
  }

  /** Asks once more over the same connection. */
  private static String alive(Socket socket) throws Exception {
    socket
        .getOutputStream()
        .write("GET /v1.0/alive HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
    InputStream in = socket.getInputStream();
    var answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new AssertionError("hung up after: " + answer);
      }
      answer.append((char) next);
    }
    return answer.toString();
  }

  private static long self() {
    return ProcessHandle.current().pid();
  }
}
