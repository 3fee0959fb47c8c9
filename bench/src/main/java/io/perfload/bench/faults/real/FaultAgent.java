// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.perfload.agent.AgentConfig;
import io.perfload.agent.AgentRun;
import io.perfload.agent.Surroundings;
import io.perfload.agent.sample.HostClock;
import io.perfload.agent.sample.Reading;
import io.perfload.agent.spool.SpoolLimits;
import io.perfload.common.model.HostProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The agent of one invented machine, on a thread of its own. */
final class FaultAgent {
  private static final SpoolLimits LIMITS = new SpoolLimits(64L << 20, Duration.ofHours(24));

  private final AgentPlan.Host host;
  private final Path data;
  private final RunningClock clock;
  private final Consumer<String> told;
  private final ClockPause pause;
  private final Thread thread;
  private volatile Optional<AgentRun> current = Optional.empty();
  private volatile boolean stopping;

  FaultAgent(AgentPlan.Host host, Path data, RunningClock clock, Consumer<String> told)
      throws IOException {
    this.host = host;
    this.data = data;
    this.clock = clock;
    this.told = told;
    this.pause = new ClockPause(clock);
    this.thread = new Thread(this::work, "agent-" + host.id().toString().substring(0, 8));
    Files.createDirectories(data);
  }

  void start() {
    thread.start();
  }

  void beQuiet() {
    pause.beQuiet();
  }

  void stop() {
    stopping = true;
    current.ifPresent(AgentRun::stop);
  }

  boolean awaitEnd(long millis) {
    try {
      thread.join(millis);
      return !thread.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** As the agent's own main does: a run ends when the clock was set back too far. */
  private void work() {
    try {
      while (!stopping) {
        AgentRun run = newRun();
        current = Optional.of(run);
        if (!stopping) {
          run.run();
        }
      }
    } catch (IOException e) {
      System.err.println("agent of " + host.id() + " failed: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private AgentRun newRun() throws IOException {
    var machine = new InventedMachine(host.id());
    var profile = new HostProfile(host.id(), machine.hostName(), new TreeMap<>(), machine.facts());
    var config =
        new AgentConfig(
            host.server(),
            Optional.empty(),
            new TreeMap<>(),
            Duration.ofSeconds(1),
            "",
            data,
            LIMITS,
            false);
    var surroundings =
        new Surroundings(
            new HostClock(clock, clock::nanos),
            pause,
            new Surroundings.Witness() {
              @Override
              public void made(Reading reading) {
                told.accept(AgentWords.made(host.id(), reading));
              }

              @Override
              public void kept(Reading reading) {
                told.accept(AgentWords.kept(host.id(), reading));
              }
            });
    return new AgentRun(config, machine, profile, data.resolve("spool"), surroundings);
  }
}
