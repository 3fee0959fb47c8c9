// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker;

import io.perfload.cli.Program;
import io.perfload.common.config.Settings;
import java.io.IOException;
import java.time.Duration;

/** {@code perfload worker}: serves agents and browsers. */
public final class WorkerMain {
  private WorkerMain() {}

  public static void main(String[] args) {
    var program =
        new Program(
            "perfload worker",
            "Serves agents and browsers: takes connections from a master, or at a port of its own."
                + " SIGTERM sends its agents elsewhere, finishes writes and stops.",
            WorkerConfig.SETTINGS);
    System.exit(program.run(args, WorkerMain::run));
  }

  private static int run(Settings settings) {
    WorkerConfig config = WorkerConfig.of(settings);
    var order = new StopOrder();
    order.catchSignals();
    try {
      Worker worker = Worker.start(config, order::give);
      System.out.println("Perfload worker is ready at " + worker.whereabouts());
      Duration within = order.await().orElse(config.drainWithin());
      worker.stop(within);
      return Program.OK;
    } catch (IOException e) {
      System.err.println("perfload worker: " + e.getMessage());
      return Program.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Program.FAILED;
    }
  }
}
