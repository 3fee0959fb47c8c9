// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perfload.common.control.FromMaster;
import io.perfload.common.control.RunDirectory;
import io.perfload.common.control.SlotReport;
import io.perfload.common.control.SlotState;
import io.perfload.common.route.AddressRanges;
import io.perfload.master.Master;
import io.perfload.master.MasterConfig;
import io.perfload.master.MasterMain;
import io.perfload.master.accept.ConnectLimits;
import io.perfload.master.handover.HandoverLimits;
import io.perfload.master.roster.RosterSettings;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A door on this machine: masters in this process or their own, echo workers in theirs. */
final class DoorRig implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(30);
  private static final int HELD = 4_000;

  private final Path directory;
  private final List<Process> processes = new ArrayList<>();
  private final Map<Process, Path> workerLogs = new HashMap<>();
  private final List<Master> masters = new ArrayList<>();
  private Duration hungAfter = Duration.ofMinutes(1);
  private ConnectLimits connects = new ConnectLimits(1, 1, AddressRanges.LOOPBACK);

  /** Java ignores a hang-up for ever if it does at the start, as it does under {@code nohup}. */
  private static final List<String> HEARS_HANGUP = List.of("env", "--default-signal=HUP");

  private Duration lostAfter = Duration.ofMinutes(1);
  private Duration refuseAfter = Duration.ofMinutes(1);

  DoorRig(Path directory) {
    this.directory = directory;
  }

  DoorRig hungAfter(Duration limit) {
    hungAfter = limit;
    return this;
  }

  DoorRig connects(ConnectLimits limits) {
    connects = limits;
    return this;
  }

  DoorRig lostAfter(Duration limit) {
    lostAfter = limit;
    return this;
  }

  DoorRig refuseAfter(Duration limit) {
    refuseAfter = limit;
    return this;
  }

  RunDirectory run() {
    return RunDirectory.of(directory.resolve("run"));
  }

  /** One file for all workers; each line is one adopted connection. */
  Path journal() {
    return directory.resolve("journal");
  }

  List<String> adoptions() throws IOException {
    return Files.exists(journal()) ? Files.readAllLines(journal()) : List.of();
  }

  // ---- masters

  /**
   * Starts a master in this process and waits until {@code workers} of its own take connections.
   */
  Master master(int workers, String... workerOptions) throws Exception {
    return master(0, workers, Duration.ofSeconds(5), workerOptions);
  }

  Master master(int port, int workers, Duration takeOver, String... workerOptions)
      throws Exception {
    return master(port, workers, takeOver, workerCommand(workerOptions));
  }

  Master master(List<String> workerCommand, int workers) throws Exception {
    return master(0, workers, Duration.ofSeconds(5), workerCommand);
  }

  private Master master(int port, int workers, Duration takeOver, List<String> workerCommand)
      throws Exception {
    var roster =
        new RosterSettings(
            "rig",
            workers,
            hungAfter,
            lostAfter,
            SOON,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));
    var config =
        new MasterConfig(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            4096,
            run(),
            workerCommand,
            roster,
            new HandoverLimits(HELD, Duration.ofMillis(500), refuseAfter),
            connects,
            takeOver,
            false);
    Master master = Master.start(config, () -> {});
    masters.add(master);
    awaitLive(master, workers);
    return master;
  }

  static void awaitLive(Master master, int workers) {
    await().atMost(SOON).until(() -> live(master).size() >= workers);
  }

  static List<SlotReport> live(Master master) {
    return master.report().slots().stream().filter(slot -> slot.state() == SlotState.LIVE).toList();
  }

  static SlotReport slot(Master master, int number) {
    return master.report().slots().get(number);
  }

  /** Waits until nothing is held, and checks that everything accepted went somewhere. */
  static FromMaster.Roster settled(Master master) {
    await().atMost(SOON).until(() -> master.report().counters().queued() == 0);
    FromMaster.Roster report = master.report();
    var counters = report.counters();
    assertThat(
            counters.adopted()
                + counters.dead()
                + counters.refused()
                + counters.limited()
                + counters.severed())
        .as("%s", counters)
        .isEqualTo(counters.accepted());
    return report;
  }

  /** Starts a master in a process of its own; its door is open when this returns. */
  Process masterProcess(int port, List<String> prefix, String... options) throws Exception {
    Path log = directory.resolve("master-" + processes.size() + ".log");
    var line = new ArrayList<>(HEARS_HANGUP);
    line.addAll(prefix);
    line.addAll(java(MasterMain.class.getName()));
    line.addAll(List.of("--listen", "127.0.0.1:" + port, "--run", run().path().toString()));
    line.addAll(List.of(options));
    Process process = start(line, log);
    await()
        .atMost(SOON)
        .until(() -> !process.isAlive() || Files.readString(log).contains("Perfload master is"));
    return process;
  }

  String log(int process) throws IOException {
    return Files.readString(directory.resolve("master-" + process + ".log"));
  }

  static int freePort() throws IOException {
    try (var socket = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  // ---- workers

  /** The command line of a worker, as a master is given it. */
  List<String> workerCommand(String... options) {
    var line = new ArrayList<>(java(EchoWorker.class.getName()));
    line.addAll(List.of("--journal", journal().toString()));
    line.addAll(List.of(options));
    return line;
  }

  /** Starts a worker that no master started. */
  Process externalWorker(List<String> prefix, String... options) throws IOException {
    var line = new ArrayList<>(prefix);
    line.addAll(workerCommand(options));
    return external(line);
  }

  /** The same for another program than {@link EchoWorker}. */
  Process externalWorker(List<String> prefix, Class<?> main, List<String> options)
      throws IOException {
    var line = new ArrayList<>(prefix);
    line.addAll(java(main.getName()));
    line.addAll(options);
    return external(line);
  }

  private Process external(List<String> line) throws IOException {
    line.addAll(List.of("--run", run().path().toString()));
    Path log = directory.resolve("worker-" + processes.size() + ".log");
    Process process = start(line, log);
    workerLogs.put(process, log);
    return process;
  }

  /** What a worker printed that no master started. */
  String workerLog(Process worker) throws IOException {
    return Files.readString(workerLogs.get(worker));
  }

  private Process start(List<String> line, Path log) throws IOException {
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    processes.add(process);
    return process;
  }

  private static List<String> java(String main) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx64m",
        "-cp",
        System.getProperty("java.class.path"),
        main);
  }

  static void signal(String name, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }

  /** Stops a process; returns once none of its threads runs any more. */
  static void freeze(long pid) throws Exception {
    signal("STOP", pid);
    await().atMost(SOON).until(() -> frozen(pid));
  }

  private static boolean frozen(long pid) throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads.toList()) {
        String stat = Files.readString(thread.resolve("stat"));
        if (!stat.substring(stat.lastIndexOf(')')).startsWith(") T")) {
          return false;
        }
      }
      return true;
    }
  }

  static int descriptors(long pid) {
    String[] names = new File("/proc/" + pid + "/fd").list();
    return names == null ? 0 : names.length;
  }

  /** Stops everything, whatever happened; workers of dead masters too. */
  @Override
  public void close() {
    masters.forEach(DoorRig::stopQuietly);
    processes.forEach(Process::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      all.filter(this::isOurs).forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** How many processes of this rig run a program. */
  long ownProcesses(Class<?> main) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(this::isOurs).filter(process -> runs(process, main)).count();
    }
  }

  private static boolean runs(ProcessHandle process, Class<?> main) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
          .contains("\0" + main.getName() + "\0");
    } catch (IOException e) {
      return false;
    }
  }

  static String quoted(List<String> words) {
    return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
  }

  private boolean isOurs(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
          .contains(run().path().toString() + "\0");
    } catch (IOException e) {
      return false;
    }
  }

  private static void stopQuietly(Master master) {
    try {
      master.stop();
    } catch (RuntimeException e) {
      // stopped by the test already
    }
  }
}
