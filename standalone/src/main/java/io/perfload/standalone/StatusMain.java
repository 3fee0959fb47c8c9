// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import io.perfload.cli.Program;
import io.perfload.common.config.HostPort;
import io.perfload.common.config.Settings;
import io.perfload.common.control.PidFile;
import io.perfload.common.control.ProcessIdentity;
import io.perfload.standalone.child.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code perfload status}: what runs. */
final class StatusMain {
  private static final Duration PROBE_WITHIN = Duration.ofSeconds(2);
  private static final String NONE = "-";

  private StatusMain() {}

  static int run(String[] args) {
    var program =
        new Program(
            "perfload status",
            "Tells what 'perfload up' runs. Exits 0 if it runs, 1 if not.",
            UpConfig.SETTINGS,
            List.of(UpConfig.DATA));
    return program.run(args, StatusMain::run);
  }

  private static int run(Settings settings) {
    var data = new DataDirectory(settings.get(UpConfig.DATA).toAbsolutePath().normalize());
    Optional<DoorProbe> door = door(data);
    List<Row> rows = rows(data, door);
    if (rows.isEmpty()) {
      System.out.println("Perfload does not run with its data in " + data.path() + ".");
      return Program.FAILED;
    }
    rows.forEach(row -> System.out.println(row.line()));
    boolean runs = data.upPid().read().isPresent();
    boolean answers = door.filter(DoorProbe::answers).isPresent();
    System.out.println(verdict(runs, answers, door));
    return runs && answers ? Program.OK : Program.FAILED;
  }

  private static String verdict(boolean runs, boolean answers, Optional<DoorProbe> door) {
    if (!runs) {
      return "Its 'perfload up' is gone; 'perfload down' ends the rest, 'perfload up' starts anew.";
    }
    return door.map(DoorProbe::url).map(UpMain.READY::concat).orElse("No page yet")
        + (answers ? "" : " but does not answer");
  }

  private static List<Row> rows(DataDirectory data, Optional<DoorProbe> door) {
    List<Row> rows = new ArrayList<>();
    data.upPid().read().ifPresent(up -> rows.add(Row.of("up", up)));
    for (Role role : List.of(Role.REDIS, Role.STORE, Role.MASTER)) {
      data.pid(role).read().ifPresent(process -> rows.add(Row.of(role.label(), process)));
    }
    List<DoorSlot> slots =
        door.flatMap(probe -> probe.get("api/v1/door")).map(DoorSlot::read).orElse(List.of());
    if (slots.isEmpty()) {
      workers(data).forEach(worker -> rows.add(Row.of("worker", worker)));
    } else {
      slots.forEach(slot -> rows.add(Row.of(slot)));
    }
    data.pid(Role.AGENT).read().ifPresent(agent -> rows.add(Row.of("agent", agent)));
    return rows.isEmpty() ? rows : Stream.concat(Stream.of(Row.HEAD), rows.stream()).toList();
  }

  private static Stream<ProcessIdentity> workers(DataDirectory data) {
    return data.workerPids().map(PidFile::new).map(PidFile::read).flatMap(Optional::stream);
  }

  private static Optional<DoorProbe> door(DataDirectory data) {
    try {
      String address = Files.readString(data.doorAddress()).strip();
      int colon = address.lastIndexOf(':');
      String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
      var door = new HostPort(host, Integer.parseInt(address.substring(colon + 1)));
      return Optional.of(new DoorProbe(door, PROBE_WITHIN));
    } catch (IOException | NumberFormatException | StringIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** One line of the table. */
  private record Row(String role, String pid, String slot, String state, String connections) {
    static final Row HEAD = new Row("ROLE", "PID", "SLOT", "STATE", "CONNECTIONS");

    static Row of(String role, ProcessIdentity process) {
      return new Row(role, Long.toString(process.pid()), NONE, "running", NONE);
    }

    static Row of(DoorSlot slot) {
      return new Row(
          "worker",
          Long.toString(slot.pid()),
          Long.toString(slot.slot()),
          slot.state(),
          Long.toString(slot.connections()));
    }

    String line() {
      return String.format("%-8s %8s %5s  %-10s %11s", role, pid, slot, state, connections);
    }
  }
}
