// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that cannot be taken for another one that got its number later. Linux only. Any thread;
 * calls read {@code /proc}.
 *
 * @param pid as this process sees it
 * @param startTicks when it started, in clock ticks since boot ({@code /proc/PID/stat}, field 22)
 */
public record ProcessIdentity(long pid, long startTicks) {
  private static final int STATE = 0;
  private static final int START_TICKS = 19;

  /**
   * Returns the identity of the process that has {@code pid} now; empty if it is dead or not
   * visible.
   */
  public static Optional<ProcessIdentity> of(long pid) {
    return stat(pid)
        .filter(fields -> !dead(fields))
        .map(fields -> new ProcessIdentity(pid, Long.parseLong(fields[START_TICKS])));
  }

  /** Returns the identity of this process. */
  public static ProcessIdentity self() {
    long pid = ProcessHandle.current().pid();
    return of(pid)
        .orElseThrow(() -> new IllegalStateException("/proc/" + pid + "/stat is missing"));
  }

  /** Whether the process can still run. One that died and was not yet reaped cannot. */
  public boolean alive() {
    return of(pid).filter(this::equals).isPresent();
  }

  /** Sends SIGKILL if this very process is still there. */
  public void kill() {
    if (alive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** Fields of {@code /proc/PID/stat} from the state on; the name before them may hold anything. */
  private static Optional<String[]> stat(long pid) {
    try {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean dead(String[] fields) {
    return fields[STATE].equals("Z") || fields[STATE].equals("X");
  }
}
