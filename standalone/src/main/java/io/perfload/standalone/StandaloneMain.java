// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import io.perfload.cli.Program;
import io.perfload.standalone.store.StoreMain;
import java.util.Arrays;

/** The programs of this jar, by their first word. */
public final class StandaloneMain {
  private StandaloneMain() {}

  public static void main(String[] args) {
    String command = args.length == 0 ? "" : args[0];
    String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
    System.exit(
        switch (command) {
          case "up" -> UpMain.run(rest);
          case "status" -> StatusMain.run(rest);
          case "down" -> DownMain.run(rest);
          case "restart" -> RestartMain.run(rest);
          case "check-config" -> CheckConfigMain.run(rest);
          case "store" -> StoreMain.run(rest);
          default -> unknown(command);
        });
  }

  private static int unknown(String command) {
    System.err.println(
        "'" + command + "' (expected: up, status, down, restart, check-config or store)");
    return Program.WRONG_USAGE;
  }
}
