// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The disk of a process of agents is full: no file may grow beyond some bytes, so that also a part
 * of a write may succeed. The limit is one that the kernel keeps for the process.
 */
final class SpoolFull implements Fault {
  private static final int MOST_BYTES = 3_000;

  private Optional<AgentProcess> agents = Optional.empty();
  private boolean noticed;

  @Override
  public void inject(Scene scene) throws IOException, InterruptedException {
    AgentProcess process = scene.agents();
    agents = Optional.of(process);
    int bytes = scene.random().nextInt(MOST_BYTES);
    limit(process, Integer.toString(bytes));
  }

  @Override
  public Duration lasts(Scene scene) {
    return Duration.ofMillis(scene.random().nextLong(4_500, 7_000));
  }

  @Override
  public void heal(Scene scene) throws IOException, InterruptedException {
    AgentProcess process = agents.orElseThrow();
    limit(process, "unlimited");
    noticed = Words.has(process.words(), "The spool cannot be written");
  }

  @Override
  public boolean happened() {
    return noticed;
  }

  private static void limit(AgentProcess process, String bytes)
      throws IOException, InterruptedException {
    long pid = process.pid().orElseThrow(() -> new IOException("there are no agents"));
    Signals.limit(pid, "--fsize=" + bytes + ":");
  }
}
