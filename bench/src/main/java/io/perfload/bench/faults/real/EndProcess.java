// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.IOException;
import java.time.Duration;

/** A process is killed, or told to end; who looks after it starts it again. */
final class EndProcess implements Fault {
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(25);

  private final Target target;
  private final boolean orderly;
  private long pid;

  EndProcess(Target target, boolean orderly) {
    this.target = target;
    this.orderly = orderly;
  }

  @Override
  public void inject(Scene scene) throws IOException, InterruptedException {
    pid = target.pid(scene).orElseThrow(() -> new IOException("there is no " + target));
    Signals.send(pid, orderly ? target.restartSignal() : "KILL");
  }

  @Override
  public Duration lasts(Scene scene) {
    return Duration.ofMillis(scene.random().nextLong(1_500));
  }

  @Override
  public void heal(Scene scene) throws IOException, InterruptedException {
    Scene.require(ENDS_WITHIN, "end of " + target, () -> !Target.isAlive(pid));
  }

  @Override
  public boolean happened() {
    return pid > 0 && !Target.isAlive(pid);
  }
}
