// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master;

import io.perfload.common.config.HostPort;
import io.perfload.common.config.Parser;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import io.perfload.common.control.DescriptorLimit;
import io.perfload.common.control.RunDirectory;
import io.perfload.common.route.AddressRanges;
import io.perfload.master.accept.ConnectLimits;
import io.perfload.master.handover.HandoverLimits;
import io.perfload.master.roster.RosterSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything a master is told.
 *
 * @param listen the door
 * @param backlog how many connections the kernel keeps while nobody accepts
 * @param run where master and workers meet
 * @param workerCommand the command line of a worker, without {@code --run}
 * @param replace whether to ask the master that is there to make way
 * @param takeOverWithin how long to wait for the listening socket of an earlier master
 */
public record MasterConfig(
    InetSocketAddress listen,
    int backlog,
    RunDirectory run,
    List<String> workerCommand,
    RosterSettings roster,
    HandoverLimits handover,
    ConnectLimits connects,
    Duration takeOverWithin,
    boolean replace) {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MAX_WORKERS = 128;

  private static final Setting<HostPort> LISTEN =
      Setting.hostPort(
          "master.listen", "Where agents and browsers connect.", new HostPort("127.0.0.1", 8000));
  private static final Setting<Path> RUN =
      Setting.path(
          "master.run",
          "The run directory: where master and workers meet.",
          Path.of("data", "run"));
  private static final Setting<Optional<String>> NODE =
      Setting.text("master.node", "The name of this door; the host name if not given.", "-")
          .optional();
  private static final Setting<Optional<List<String>>> WORKER_COMMAND =
      Setting.of(
              "master.worker-command",
              "Starts a worker; '--run DIR' is added. Without it workers come by themselves.",
              List.<String>of(),
              Parser.of("a command line with its quotes closed", CommandWords::of))
          .optional();
  private static final Setting<Optional<Integer>> WORKERS =
      Setting.integer(
              "master.workers",
              "How many workers to start and keep; one a core if not given.",
              1,
              1,
              MAX_WORKERS)
          .optional();
  private static final Setting<Duration> HUNG_AFTER =
      Setting.duration(
          "master.hung-after",
          "A worker that says or answers nothing for so long is replaced.",
          Duration.ofSeconds(10),
          SECOND,
          HOUR);
  private static final Setting<Duration> LOST_AFTER =
      Setting.duration(
          "master.lost-after",
          "A worker that came by itself loses its slot when it says or answers nothing for so long.",
          Duration.ofMillis(2_500),
          Duration.ofMillis(1_500),
          HOUR);
  private static final Setting<Boolean> REPLACE =
      Setting.flag(
          "master.replace",
          "Asks the master that has the run directory to make way, and takes door and workers over.");
  private static final Setting<Duration> REFUSE_AFTER =
      Setting.duration(
          "master.refuse-after",
          "New connections wait so long for a worker; then they are closed.",
          Duration.ofSeconds(30),
          SECOND,
          HOUR);
  private static final Setting<Duration> DRAIN_WITHIN =
      Setting.duration(
          "master.drain-within",
          "How long workers may finish what they have on a stop.",
          Duration.ofSeconds(10),
          Duration.ZERO,
          HOUR);

  private static final Setting<Integer> CONNECTS_PER_SECOND =
      Setting.integer(
          "master.connects-per-second",
          "New connections a second from one address (IPv6: one /64); more are closed.",
          200,
          1,
          1_000_000);
  private static final Setting<Integer> CONNECTS_AT_ONCE =
      Setting.integer(
          "master.connects-at-once",
          "So many from one address may come at once after a rest.",
          2_000,
          1,
          1_000_000);
  private static final Setting<AddressRanges> CONNECTS_ALLOW =
      Setting.of(
          "master.connects-allow",
          "Addresses that may connect as often as they like, such as 203.0.113.7, 10.0.0.0/8; or"
              + " none.",
          AddressRanges.LOOPBACK,
          Parser.of(AddressRanges.EXPECTED, AddressRanges::parse));

  private static final Duration STALL_AFTER = Duration.ofMillis(500);
  private static final Duration START_WITHIN = Duration.ofSeconds(30);
  private static final Duration RETURN_WITHIN = Duration.ofSeconds(5);
  private static final Duration TAKE_OVER_WITHIN = Duration.ofSeconds(5);
  private static final int USUAL_BACKLOG = 4096;

  /** All that can be set. */
  public static final List<Setting<?>> SETTINGS =
      List.of(
          LISTEN,
          RUN,
          NODE,
          WORKER_COMMAND,
          WORKERS,
          HUNG_AFTER,
          LOST_AFTER,
          REFUSE_AFTER,
          DRAIN_WITHIN,
          CONNECTS_PER_SECOND,
          CONNECTS_AT_ONCE,
          CONNECTS_ALLOW,
          REPLACE);

  public MasterConfig {
    workerCommand = List.copyOf(workerCommand);
  }

  /** Completes the settings with what this machine says. */
  public static MasterConfig of(Settings settings) {
    Optional<List<String>> command = settings.get(WORKER_COMMAND);
    int cores = Math.min(MAX_WORKERS, Runtime.getRuntime().availableProcessors());
    int workers = command.isPresent() ? settings.get(WORKERS).orElse(cores) : 0;
    var roster =
        new RosterSettings(
            settings.get(NODE).orElseGet(MasterConfig::hostName),
            workers,
            settings.get(HUNG_AFTER),
            settings.get(LOST_AFTER),
            START_WITHIN,
            RETURN_WITHIN,
            settings.get(DRAIN_WITHIN));
    return new MasterConfig(
        address(settings.get(LISTEN)),
        longestBacklog(),
        RunDirectory.of(settings.get(RUN)),
        command.orElse(List.of()),
        roster,
        limits(settings.get(REFUSE_AFTER)),
        new ConnectLimits(
            settings.get(CONNECTS_PER_SECOND),
            settings.get(CONNECTS_AT_ONCE),
            settings.get(CONNECTS_ALLOW)),
        TAKE_OVER_WITHIN,
        settings.get(REPLACE));
  }

  /** Half of the descriptors, so that the rest is left for all else. */
  private static HandoverLimits limits(Duration patience) {
    return new HandoverLimits(Math.max(1, DescriptorLimit.read() / 2), STALL_AFTER, patience);
  }

  private static InetSocketAddress address(HostPort listen) {
    var address = new InetSocketAddress(listen.host(), listen.port());
    if (address.isUnresolved()) {
      throw new StartFailed("cannot listen at " + listen + ": no such host");
    }
    return address;
  }

  private static int longestBacklog() {
    return firstLine("/proc/sys/net/core/somaxconn").map(Integer::valueOf).orElse(USUAL_BACKLOG);
  }

  private static String hostName() {
    return firstLine("/proc/sys/kernel/hostname").orElse("localhost");
  }

  /** In one read of a buffer's size: files of {@code /proc/sys} give nothing to a second one. */
  private static Optional<String> firstLine(String path) {
    try (BufferedReader reader = Files.newBufferedReader(Path.of(path))) {
      return Optional.ofNullable(reader.readLine());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
