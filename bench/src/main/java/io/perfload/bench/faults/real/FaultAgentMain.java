// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process with the agents of some invented machines: all of an agent but what reads the machine
 * and its clock. It tells each reading before anything is done with it, and takes orders.
 */
public final class FaultAgentMain {
  private static final long STOP_WITHIN_MS = TimeUnit.SECONDS.toMillis(8);

  private final RunningClock clock;
  private final List<FaultAgent> agents = new ArrayList<>();
  private final PrintStream out;

  private FaultAgentMain(AgentPlan plan, PrintStream out) throws IOException {
    this.out = out;
    clock = new RunningClock(plan.speed(), plan.beganMs(), plan.setByMs());
    for (AgentPlan.Host host : plan.hosts()) {
      agents.add(new FaultAgent(host, plan.data(host.id()), clock, this::tell));
    }
  }

  /** Runs until it is told to end; the end of its input ends it at once. */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    var main = new FaultAgentMain(AgentPlan.of(Arrays.asList(args)), out);
    Runtime.getRuntime().addShutdownHook(new Thread(main::shutDown, "stop"));
    main.agents.forEach(FaultAgent::start);
    main.tell(AgentWords.READY);
    main.obey();
    Runtime.getRuntime().halt(1);
  }

  /** Each line in one write: none is ever half of one process and half of the next. */
  private void tell(String line) {
    synchronized (out) {
      byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
      out.write(bytes, 0, bytes.length);
      out.flush();
    }
  }

  private void obey() throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals(AgentWords.QUIET)) {
        agents.forEach(FaultAgent::beQuiet);
      } else if (line.startsWith(AgentWords.SET)) {
        clock.setBy(Long.parseLong(line.substring(AgentWords.SET.length())));
        tell(AgentWords.WAS_SET + line.substring(AgentWords.SET.length()));
      }
    }
  }

  private void shutDown() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_WITHIN_MS);
    agents.forEach(FaultAgent::stop);
    boolean all = true;
    for (FaultAgent agent : agents) {
      all &= agent.awaitEnd(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
    Runtime.getRuntime().halt(all ? 0 : 1);
  }
}
