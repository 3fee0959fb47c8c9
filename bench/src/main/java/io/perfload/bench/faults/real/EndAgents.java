// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.IOException;
import java.time.Duration;

/** A process of agents is killed, or told to end, and started again a little later. */
final class EndAgents implements Fault {
  private final boolean orderly;
  private boolean ended;

  EndAgents(boolean orderly) {
    this.orderly = orderly;
  }

  private java.util.Optional<AgentProcess> agents = java.util.Optional.empty();

  @Override
  public void inject(Scene scene) throws IOException, InterruptedException {
    AgentProcess process = scene.agents();
    agents = java.util.Optional.of(process);
    if (!orderly) {
      process.kill();
    } else if (!process.stop()) {
      throw new IOException("agents that were told to end did not end well: " + process.words());
    }
    ended = process.pid().isEmpty();
  }

  @Override
  public Duration lasts(Scene scene) {
    return Duration.ofMillis(scene.random().nextLong(1_500));
  }

  @Override
  public void heal(Scene scene) throws IOException {
    agents.orElseThrow().start();
  }

  @Override
  public boolean happened() {
    return ended;
  }
}
