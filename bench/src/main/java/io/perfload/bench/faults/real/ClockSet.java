// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The clock of some hosts is set by an hour, a little less or a little more. */
final class ClockSet implements Fault {
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();
  private static final int ABOUT_MS = 90_000;
  private static final Duration SET_WITHIN = Duration.ofSeconds(5);

  private final int direction;
  private Optional<AgentProcess> agents = Optional.empty();

  /** Forward with 1, back with -1. */
  ClockSet(int direction) {
    this.direction = direction;
  }

  @Override
  public void inject(Scene scene) throws IOException, InterruptedException {
    AgentProcess process = scene.agents();
    process.setClockBy(direction * (HOUR_MS + scene.random().nextInt(-ABOUT_MS, ABOUT_MS)));
    agents = Optional.of(process);
    Scene.await(SET_WITHIN, process::wasSet);
  }

  @Override
  public Duration lasts(Scene scene) {
    return Duration.ofMillis(scene.random().nextLong(1_000, 4_000));
  }

  /** The time stays as it was set. */
  @Override
  public void heal(Scene scene) {}

  @Override
  public boolean happened() {
    return agents.filter(AgentProcess::wasSet).isPresent();
  }
}
