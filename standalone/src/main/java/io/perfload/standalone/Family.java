// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import io.perfload.common.control.ProcessIdentity;
import io.perfload.standalone.child.FoundProcess;
import io.perfload.standalone.child.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processes that began under an {@code up} of one data directory, its own children's children
 * too, also when whoever started them is gone: they inherited a variable that names the place.
 * Redis writes its title over its variables, so pid files count as well.
 */
final class Family {
  private static final List<Role> WITH_PID_FILE =
      List.of(Role.AGENT, Role.MASTER, Role.REDIS, Role.STORE);
  private static final String VARIABLE = "PERFLOAD_RUN_DIRECTORY";

  private final DataDirectory data;

  Family(DataDirectory data) {
    this.data = data;
  }

  /** What every child gets into its environment. */
  Map<String, String> mark() {
    return Map.of(VARIABLE, data.run().path().toString());
  }

  /** Returns who lives, by what it does. One we do not know better counts as a worker. */
  Map<Role, List<FoundProcess>> living() {
    Map<ProcessIdentity, Role> roles = new LinkedHashMap<>();
    for (Role role : WITH_PID_FILE) {
      data.pid(role).read().ifPresent(process -> roles.put(process, role));
    }
    members().forEach(member -> roles.putIfAbsent(member, Role.WORKER));
    Map<Role, List<FoundProcess>> living = new EnumMap<>(Role.class);
    roles.forEach(
        (process, role) ->
            living.computeIfAbsent(role, none -> new ArrayList<>()).add(new FoundProcess(process)));
    return living;
  }

  private List<ProcessIdentity> members() {
    byte[] mark = (VARIABLE + "=" + data.run().path() + "\0").getBytes(StandardCharsets.UTF_8);
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("\\d+"))
          .filter(process -> isMarked(process, mark))
          .map(process -> ProcessIdentity.of(Long.parseLong(process.getFileName().toString())))
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean isMarked(Path process, byte[] mark) {
    try {
      return contains(Files.readAllBytes(process.resolve("environ")), mark);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean contains(byte[] bytes, byte[] mark) {
    for (int start = 0; start + mark.length <= bytes.length; start++) {
      boolean begins = start == 0 || bytes[start - 1] == 0;
      if (begins && Arrays.equals(bytes, start, start + mark.length, mark, 0, mark.length)) {
        return true;
      }
    }
    return false;
  }
}
