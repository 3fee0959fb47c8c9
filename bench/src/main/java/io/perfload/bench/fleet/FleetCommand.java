// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import io.perfload.bench.process.ProcessCpu;
import io.perfload.bench.process.ProcessFacts;
import io.perfload.bench.report.JsonFile;
import io.perfload.bench.report.Machine;
import io.perfload.cli.Program;
import io.perfload.common.config.HostPort;
import io.perfload.common.config.Parser;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** {@code perfload bench fleet}. */
public final class FleetCommand {
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final int SPARE_DESCRIPTORS = 200;
  private static final Pattern COMMA = Pattern.compile(",");

  private static final Setting<HostPort> SERVER =
      Setting.hostPort(
          "bench.server", "The door the agents connect to.", new HostPort("127.0.0.1", 8000));
  private static final Setting<Integer> AGENTS =
      Setting.integer("bench.agents", "How many agents.", 1000, 1, 1_000_000);
  private static final Setting<Integer> FIRST =
      Setting.integer(
          "bench.first",
          "Number of the first machine: other numbers, other hosts.",
          0,
          0,
          99_999_999);
  private static final Setting<Integer> SECONDS =
      Setting.integer("bench.seconds", "Seconds they are watched once all are up.", 60, 1, 604_800);
  private static final Setting<Integer> CONNECTS =
      Setting.integer("bench.connects", "How many connect a second.", 2000, 1, 100_000);
  private static final Setting<Integer> PING_EVERY =
      Setting.integer(
          "bench.ping-every", "A ping behind every so manieth sample; 0: none.", 4, 0, 3600);
  private static final Setting<Integer> THREADS =
      Setting.integer("bench.threads", "Event loops.", 1, 1, 64);
  private static final Setting<List<Long>> PIDS =
      Setting.of(
          "bench.pids",
          "Processes of the server, with commas: their CPU a sample is told.",
          List.<Long>of(),
          Parser.of("numbers with commas between them", FleetCommand::pids));
  private static final Setting<Optional<Path>> JSON =
      Setting.path("bench.json", "Where to write the result as JSON.", Path.of("fleet.json"))
          .optional();

  private static final List<Setting<?>> SETTINGS =
      List.of(
          SERVER,
          AGENTS,
          FIRST,
          SECONDS,
          CONNECTS,
          PING_EVERY,
          THREADS,
          AddressRange.SETTING,
          PIDS,
          JSON);

  private FleetCommand() {}

  /** Runs the command and returns its exit code. */
  public static int run(String[] args) {
    var program =
        new Program(
            "perfload bench fleet",
            "Simulated agents that speak the real protocol: 40 series at 1 Hz, a chunk a minute.",
            SETTINGS);
    return program.run(args, FleetCommand::run);
  }

  private static int run(Settings settings) {
    try {
      FleetPlan plan = plan(settings);
      Map<String, Object> result = measure(plan, settings);
      Optional<Path> json = settings.get(JSON);
      if (json.isPresent()) {
        JsonFile.write(json.get(), result);
      }
      return Program.OK;
    } catch (IOException e) {
      System.err.println("perfload bench fleet: " + e.getMessage());
      return Program.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Program.FAILED;
    }
  }

  private static FleetPlan plan(Settings settings) throws IOException {
    HostPort server = settings.get(SERVER);
    var address = new InetSocketAddress(server.host(), server.port());
    if (address.isUnresolved()) {
      throw new IOException("there is no host " + server.host());
    }
    int agents = settings.get(AGENTS);
    int limit = ProcessFacts.descriptorLimit();
    if (agents + SPARE_DESCRIPTORS > limit) {
      throw new IOException(
          agents
              + " agents need as many descriptors and "
              + limit
              + " are allowed: raise 'ulimit -n', or start several fleets with different --first");
    }
    return new FleetPlan(
        address,
        agents,
        settings.get(FIRST),
        settings.get(AddressRange.SETTING),
        settings.get(THREADS),
        settings.get(CONNECTS),
        settings.get(PING_EVERY));
  }

  private static Map<String, Object> measure(FleetPlan plan, Settings settings)
      throws IOException, InterruptedException {
    Machine machine = Machine.here();
    Duration within = Duration.ofSeconds(30 + 2L * plan.agents() / plan.connectsPerSecond());
    try (var fleet = new SimulatedFleet(plan)) {
      fleet.start();
      if (!fleet.awaitLive(plan.agents(), within)) {
        throw new IOException("not all agents came up: " + fleet.counts());
      }
      TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
      FleetResult result = watch(fleet, settings.get(PIDS), settings.get(SECONDS));
      System.out.println(machine.describe() + ".");
      System.out.print(result.table(plan.agents()));
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("bench", "fleet");
      json.put("machine", machine);
      json.put("agents", plan.agents());
      json.put("result", result);
      return json;
    }
  }

  private static FleetResult watch(SimulatedFleet fleet, List<Long> pids, int seconds)
      throws InterruptedException {
    List<Long> own = List.of(ProcessHandle.current().pid());
    fleet.rtt();
    fleet.lag();
    FleetCounts from = fleet.counts();
    ProcessCpu server = ProcessCpu.of(pids);
    ProcessCpu load = ProcessCpu.of(own);
    long began = System.nanoTime();
    TimeUnit.SECONDS.sleep(seconds);
    double took = (System.nanoTime() - began) / 1e9;
    return new FleetResult(
        fleet.counts().since(from),
        took,
        FleetResult.percentiles(fleet.rtt()),
        FleetResult.percentiles(fleet.lag()),
        pids.isEmpty() ? List.of() : List.of(ProcessCpu.of(pids).since(server) / 1e9),
        ProcessCpu.of(own).since(load) / 1e9);
  }

  private static Optional<List<Long>> pids(String text) {
    return text.matches("\\d{1,10}(,\\d{1,10})*")
        ? Optional.of(COMMA.splitAsStream(text).map(Long::valueOf).toList())
        : Optional.empty();
  }
}
