// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import io.perfload.cli.Program;
import io.perfload.common.config.Settings;
import io.perfload.common.control.ProcessIdentity;
import io.perfload.standalone.child.Ending;
import io.perfload.standalone.child.FoundProcess;
import io.perfload.standalone.child.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** {@code perfload down}: stops what {@code up} started, and what one that was killed left. */
final class DownMain {
  /** An {@code up} ends before, whatever its children do; some more for a slow machine. */
  private static final Duration UP_ENDS_WITHIN =
      Stream.of(Role.values()).map(Role::stopWithin).reduce(Duration.ofSeconds(10), Duration::plus);

  private DownMain() {}

  static int run(String[] args) {
    var program =
        new Program(
            "perfload down",
            "Stops what 'perfload up' runs, in order, and waits for it.",
            UpConfig.SETTINGS,
            List.of(UpConfig.DATA));
    return program.run(args, DownMain::run);
  }

  private static int run(Settings settings) {
    var data = new DataDirectory(settings.get(UpConfig.DATA).toAbsolutePath().normalize());
    Optional<ProcessIdentity> up = data.upPid().read();
    var family = new Family(data);
    if (up.isEmpty() && family.living().isEmpty()) {
      System.out.println("Perfload does not run with its data in " + data.path() + ".");
      return Program.OK;
    }
    System.out.println("Stopping …");
    up.ifPresent(DownMain::end);
    Stopping.Outcome outcome = UpMain.stopping(family, System.out::println).stop(List.of());
    System.out.println(outcome.isComplete() ? "Perfload is down." : "Not all stopped: see above.");
    return outcome.isComplete() ? Program.OK : Program.FAILED;
  }

  private static void end(ProcessIdentity up) {
    var ending = new Ending(System::nanoTime, time -> LockSupport.parkNanos(time.toNanos()));
    Ending.Outcome outcome = ending.end(List.of(new FoundProcess(up)), UP_ENDS_WITHIN);
    if (!outcome.killed().isEmpty()) {
      System.out.println("up (pid " + up.pid() + ") had to be killed");
    }
  }
}
