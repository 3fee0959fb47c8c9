// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent;

import io.perfload.agent.probe.Machine;
import io.perfload.agent.sample.Sampler;
import io.perfload.cli.Program;
import io.perfload.common.config.BadSettings;
import io.perfload.common.config.Layer;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import io.perfload.common.config.Text;
import io.perfload.common.model.HostId;
import io.perfload.common.model.HostProfile;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code perfload-agent}: reads this machine, keeps a bounded spool, pushes. */
public final class AgentMain {
  private static final Logger LOG = System.getLogger("agent");
  private static final long STOP_SECONDS = 4;
  private static final int OK = 0;
  private static final int FAILED = 1;

  private final AgentConfig config;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Optional<AgentRun> current = Optional.empty();
  private volatile boolean stopping;

  private AgentMain(AgentConfig config) {
    this.config = config;
  }

  public static void main(String[] args) {
    int code =
        PlainArguments.read(args, AgentConfig.settings())
            .flatMap(AgentMain::plainSettings)
            .map(AgentMain::start)
            .orElseGet(() -> startWithFullParser(args));
    if (code != OK) {
      System.exit(code);
    }
  }

  /** Settings without the classes of a full parser; nothing if there is anything to report. */
  private static Optional<Settings> plainSettings(Layer commandLine) {
    List<Setting<?>> declared = AgentConfig.settings();
    try {
      return Optional.of(
          Settings.read(
              declared, List.of(Layer.environment(System.getenv(), declared), commandLine)));
    } catch (BadSettings e) {
      return Optional.empty();
    }
  }

  private static int startWithFullParser(String[] args) {
    var program =
        new Program(
            "perfload-agent",
            "Reads this machine every second and sends what it read to a Perfload server.",
            AgentConfig.settings());
    return program.run(args, AgentMain::start);
  }

  private static int start(Settings settings) {
    return new AgentMain(AgentConfig.of(settings)).run();
  }

  private int run() {
    try (DataDirectory data = DataDirectory.open(config.data())) {
      HostId id = data.hostId();
      Machine machine = Machine.local();
      HostProfile profile =
          new HostProfile(id, name(machine, id), config.labels(), machine.facts());
      Runtime.getRuntime().addShutdownHook(new Thread(this::shutDown, "stop"));
      System.out.println(
          "perfload-agent is ready: host="
              + profile.name()
              + " id="
              + id
              + " server="
              + config.server()
              + " interval="
              + Text.of(config.interval())
              + " data="
              + config.data());
      runUntilStopped(machine, profile, data);
      return OK;
    } catch (IOException e) {
      System.err.println(e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    } finally {
      ended.countDown();
    }
  }

  private void runUntilStopped(Machine machine, HostProfile profile, DataDirectory data)
      throws IOException, InterruptedException {
    while (!stopping) {
      var run = new AgentRun(config, machine, profile, data.spool());
      current = Optional.of(run);
      if (!stopping && run.run() == Sampler.End.CLOCK_SET_BACK) {
        LOG.log(Level.WARNING, "The clock was set back by more than an hour: began a new run");
      }
    }
  }

  /** Runs when the process was asked to end; a stop that went well is no failure. */
  private void shutDown() {
    stopping = true;
    current.ifPresent(AgentRun::stop);
    try {
      if (ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(OK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String name(Machine machine, HostId id) {
    return config
        .name()
        .or(() -> Optional.of(machine.hostName()).filter(name -> !name.isBlank()))
        .orElseGet(id::toString);
  }
}
