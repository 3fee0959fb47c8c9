// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import io.perfload.cli.Program;
import io.perfload.common.config.Settings;
import io.perfload.common.control.ProcessIdentity;
import io.perfload.standalone.child.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** {@code perfload restart}: new processes for what {@code up} runs, and nobody is refused. */
final class RestartMain {
  private static final String MASTER = "master";
  private static final String WORKERS = "workers";
  private static final Duration MASTER_WITHIN = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private RestartMain() {}

  static int run(String[] args) {
    List<String> words = List.of(args);
    Optional<String> what = words.stream().filter(RestartMain::isWhat).findFirst();
    String[] options =
        words.stream().filter(word -> !what.equals(Optional.of(word))).toArray(String[]::new);
    var program =
        new Program(
            "perfload restart",
            "Starts the workers that 'perfload up' runs, or its master, anew without refusing or"
                + " losing a connection: 'perfload restart workers', 'perfload restart master', or"
                + " both without a word.",
            UpConfig.SETTINGS,
            List.of(UpConfig.DATA));
    return program.run(options, settings -> run(settings, what));
  }

  private static boolean isWhat(String word) {
    return Arrays.asList(MASTER, WORKERS).contains(word);
  }

  private static int run(Settings settings, Optional<String> what) {
    var data = new DataDirectory(settings.get(UpConfig.DATA).toAbsolutePath().normalize());
    try {
      if (!what.equals(Optional.of(WORKERS))) {
        master(data);
      }
      if (!what.equals(Optional.of(MASTER))) {
        workers(data);
      }
      return Program.OK;
    } catch (UpFailed e) {
      System.err.println(e.getMessage());
      return Program.FAILED;
    }
  }

  /** The master goes, and {@code up} starts the next; connections wait in its backlog. */
  private static void master(DataDirectory data) throws UpFailed {
    Optional<ProcessIdentity> old = data.pid(Role.MASTER).read();
    if (data.upPid().read().isEmpty()) {
      throw new UpFailed(
          "No 'perfload up' runs with its data in "
              + data.path()
              + " that would start the next master (--data DIR)."
              + " One that was started alone is replaced by 'perfload master --replace …'.");
    }
    try (var control = new MasterControl(data)) {
      control.makeWay();
    } catch (IOException e) {
      throw new UpFailed(unreachable(data, e));
    }
    ProcessIdentity next = await(data, old);
    System.out.println(
        "master: pid " + old.map(ProcessIdentity::pid).orElse(0L) + " → " + next.pid());
  }

  private static ProcessIdentity await(DataDirectory data, Optional<ProcessIdentity> old)
      throws UpFailed {
    long deadline = System.nanoTime() + MASTER_WITHIN.toNanos();
    while (System.nanoTime() - deadline < 0) {
      Optional<ProcessIdentity> next = data.pid(Role.MASTER).read();
      if (next.isPresent() && !next.equals(old) && MasterControl.listens(data)) {
        return next.get();
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    throw new UpFailed(
        "No new master came within "
            + MASTER_WITHIN.toSeconds()
            + " s; see "
            + data.log(Role.MASTER.label()).path()
            + ".");
  }

  private static void workers(DataDirectory data) throws UpFailed {
    try (var control = new MasterControl(data)) {
      Optional<String> failure = control.restartWorkers(RestartMain::told);
      if (failure.isPresent()) {
        throw new UpFailed("Not all workers were restarted: " + failure.get() + ".");
      }
    } catch (IOException e) {
      throw new UpFailed(unreachable(data, e));
    }
  }

  private static void told(int slot, long oldPid, long newPid) {
    System.out.println("worker " + slot + ": pid " + oldPid + " → " + newPid);
  }

  private static String unreachable(DataDirectory data, IOException e) {
    return "The master of "
        + data.path()
        + " does not answer: "
        + e.getMessage()
        + " (--data DIR).";
  }
}
