// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master;

import io.perfload.cli.Program;
import io.perfload.common.config.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;

/** {@code perfload master}: the front door. */
public final class MasterMain {
  private MasterMain() {}

  public static void main(String[] args) {
    var program =
        new Program(
            "perfload master",
            "The front door: gives each connection to the worker that is its own."
                + " SIGTERM stops for good; SIGHUP makes way for the next master, and nobody notices.",
            MasterConfig.SETTINGS);
    System.exit(program.run(args, MasterMain::run));
  }

  private static int run(Settings settings) {
    try {
      Master master = Master.start(MasterConfig.of(settings));
      announce(master.address());
      switch (StopSignal.await()) {
        case TERM, INT -> master.stop();
        case HUP -> master.handOn();
      }
      return Program.OK;
    } catch (StartFailed | IOException e) {
      System.err.println("perfload master: " + e.getMessage());
      return Program.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Program.FAILED;
    }
  }

  private static void announce(InetSocketAddress door) {
    System.out.println(
        "Perfload master is ready at " + door.getAddress().getHostAddress() + ":" + door.getPort());
  }
}
