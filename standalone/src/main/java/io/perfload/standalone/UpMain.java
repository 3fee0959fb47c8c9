// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import io.perfload.cli.Program;
import io.perfload.common.Version;
import io.perfload.common.config.Settings;
import io.perfload.standalone.child.Ending;
import io.perfload.standalone.child.ProcessLauncher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** {@code perfload up}: everything on this machine. */
final class UpMain {
  /** How the line begins that tells where the page is. */
  static final String READY = "Perfload is at ";

  private UpMain() {}

  static int run(String[] args) {
    var program =
        new Program(
            "perfload up",
            "Runs everything on this machine: stores, master, workers and this machine's agent."
                + " Ctrl-C or SIGTERM stops all in order.",
            UpConfig.SETTINGS);
    return program.runWithFile(args, UpMain::run);
  }

  private static int run(Settings settings, Optional<Path> file) {
    UpConfig config = UpConfig.of(settings);
    try {
      if (config.detach() && !Detached.isThis()) {
        return Detached.start();
      }
      return run(config, file);
    } catch (UpFailed e) {
      System.err.println(e.getMessage());
      return Program.FAILED;
    } catch (IOException e) {
      System.err.println("Perfload cannot start: " + e);
      return Program.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Program.FAILED;
    }
  }

  private static int run(UpConfig config, Optional<Path> file)
      throws UpFailed, IOException, InterruptedException {
    Home home = Home.locate();
    home.check();
    var data = new DataDirectory(config.data());
    data.create();
    UpLock lock = UpLock.take(data);
    try {
      var progress =
          new Progress(System.out, data.log("up"), InstantSource.system(), System::nanoTime);
      progress.say("Perfload " + Version.current() + ", data in " + data.path() + ".");
      var family = new Family(data);
      stopping(family, progress::step).stop(List.of());
      var up =
          new Up(
              Plan.make(config, file, home, data, family.mark()),
              data,
              new ProcessLauncher(),
              progress);
      return run(up, stopping(family, progress::step), progress);
    } finally {
      lock.close();
    }
  }

  private static int run(Up up, Stopping stopping, Progress progress)
      throws UpFailed, InterruptedException {
    var hook = new Thread(() -> stop(up, stopping, progress), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    up.start();
    try {
      progress.say(READY + up.awaitPage());
    } catch (UpFailed e) {
      if (removed(hook)) {
        up.stop(stopping);
        throw e;
      }
    }
    new CountDownLatch(1).await();
    return Program.OK;
  }

  /** Nothing to remove once the process is being stopped: then the hook does everything. */
  private static boolean removed(Thread hook) {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static void stop(Up up, Stopping stopping, Progress progress) {
    progress.begin("Stopping …");
    try {
      Stopping.Outcome outcome = up.stop(stopping);
      progress.say(outcome.isComplete() ? "Stopped." : "Not all stopped: see above.");
      Runtime.getRuntime().halt(outcome.isComplete() ? Program.OK : Program.FAILED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Stopping stopping(Family family, Consumer<String> told) {
    return new Stopping(
        family::living,
        new Ending(System::nanoTime, time -> LockSupport.parkNanos(time.toNanos())),
        told);
  }
}
