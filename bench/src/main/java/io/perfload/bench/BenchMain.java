// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench;

import io.perfload.bench.door.DoorCommand;
import io.perfload.bench.faults.FaultsCommand;
import io.perfload.bench.fleet.FleetCommand;
import io.perfload.bench.micro.MicroCommand;
import io.perfload.bench.outage.OutageCommand;
import io.perfload.cli.Program;
import io.perfload.common.Version;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** {@code perfload bench}: finds the measurement that is asked for. */
public final class BenchMain {
  private static final Map<String, ToIntFunction<String[]>> COMMANDS =
      new TreeMap<>(
          Map.of(
              "door",
              DoorCommand::run,
              "faults",
              FaultsCommand::run,
              "fleet",
              FleetCommand::run,
              "micro",
              MicroCommand::run,
              "outage",
              OutageCommand::run));
  private static final String USAGE =
      """
      Usage: perfload bench COMMAND [OPTIONS]
      Measures Perfload on this machine; all load stays on it.
        door    ways to a worker side by side: straight, our door, HAProxy, nginx; a worker's memory
        faults  breaks everything again and again: nothing acknowledged may be lost or show twice
        fleet   simulated agents at 1 Hz against any server
        micro   the pure inner parts, with JMH
        outage  the store away under a fleet: every second is there afterwards
      perfload bench COMMAND --help tells the options.
      """;

  private BenchMain() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static int run(String[] args) {
    String name = args.length == 0 ? "" : args[0];
    if (name.equals("--help") || name.equals("-h")) {
      System.out.print(USAGE);
      return Program.OK;
    }
    if (name.equals("--version") || name.equals("-V")) {
      System.out.println("perfload " + Version.current());
      return Program.OK;
    }
    ToIntFunction<String[]> command = COMMANDS.getOrDefault(name, BenchMain::unknown);
    return command.applyAsInt(Arrays.copyOfRange(args, Math.min(1, args.length), args.length));
  }

  private static int unknown(String[] rest) {
    System.err.print(USAGE);
    return Program.WRONG_USAGE;
  }
}
