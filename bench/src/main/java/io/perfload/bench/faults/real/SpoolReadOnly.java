// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A process of agents comes back to directories that it may only read. */
final class SpoolReadOnly implements Fault {
  private Optional<AgentProcess> agents = Optional.empty();
  private boolean noticed;

  @Override
  public void inject(Scene scene) throws IOException, InterruptedException {
    AgentProcess process = scene.agents();
    agents = Optional.of(process);
    process.kill();
    Permissions.set(process.plan().directory(), false);
    process.precede(Permissions.heeding());
    process.start();
  }

  @Override
  public Duration lasts(Scene scene) {
    return Duration.ofMillis(scene.random().nextLong(4_500, 7_000));
  }

  @Override
  public void heal(Scene scene) throws IOException {
    AgentProcess process = agents.orElseThrow();
    Permissions.set(process.plan().directory(), true);
    process.precede(java.util.List.of());
    noticed = Words.has(process.words(), "The spool cannot be written");
  }

  @Override
  public boolean happened() {
    return noticed;
  }
}
