// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A process is stopped and goes on later, unless somebody loses patience with it before. */
final class StopProcess implements Fault {
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

  private final Optional<Target> target;
  private long pid;
  private boolean stopped;

  /** Of agents if there is no {@code target}. */
  StopProcess(Optional<Target> target) {
    this.target = target;
  }

  @Override
  public void inject(Scene scene) throws IOException, InterruptedException {
    Optional<Long> found = target.isPresent() ? target.get().pid(scene) : scene.agents().pid();
    pid = found.orElseThrow(() -> new IOException("there is no process to stop"));
    Signals.send(pid, "STOP");
    stopped = Scene.await(STOPS_WITHIN, () -> Signals.isStopped(pid));
  }

  @Override
  public Duration lasts(Scene scene) {
    return scene.upToLongest(LEAST);
  }

  @Override
  public void heal(Scene scene) throws IOException, InterruptedException {
    if (Target.isAlive(pid)) {
      Signals.send(pid, "CONT");
    }
  }

  @Override
  public boolean happened() {
    return stopped;
  }
}
