// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master;

import io.perfload.cli.Program;
import io.perfload.cli.Signals;
import io.perfload.common.config.Settings;
import io.perfload.master.StopOrders.Order;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** {@code perfload master}: the front door. */
public final class MasterMain {
  private MasterMain() {}

  public static void main(String[] args) {
    var program =
        new Program(
            "perfload master",
            "The front door: gives each connection to the worker that is its own."
                + " SIGTERM stops for good; SIGHUP makes way for the next master, and SIGUSR1 restarts"
                + " the workers one by one, and nobody notices.",
            MasterConfig.SETTINGS);
    System.exit(program.run(args, MasterMain::run));
  }

  private static int run(Settings settings) {
    var orders = new StopOrders();
    Signals.handle("TERM", () -> orders.give(Order.STOP));
    Signals.handle("INT", () -> orders.give(Order.STOP));
    var running = new CompletableFuture<Master>();
    Signals.handle("USR1", () -> running.thenAccept(Master::restartWorkers));
    Signals.handle("HUP", () -> orders.give(Order.HAND_ON));
    try {
      Master master = Master.start(MasterConfig.of(settings), () -> orders.give(Order.HAND_ON));
      running.complete(master);
      announce(master.address());
      switch (orders.await()) {
        case STOP -> master.stop();
        case HAND_ON -> master.handOn();
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
