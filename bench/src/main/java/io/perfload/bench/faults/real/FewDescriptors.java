// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.perfload.bench.process.ProcessFacts;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A process may have no more than 256 descriptors, and a crowd comes. */
final class FewDescriptors implements Fault {
  private static final int FEW = 256;
  private static final int MANY = 700;

  private final Target target;
  private long pid;
  private int came;
  private int usual;
  private Optional<Crowd> crowd = Optional.empty();

  FewDescriptors(Target target) {
    this.target = target;
  }

  @Override
  public void inject(Scene scene) throws IOException, InterruptedException {
    pid = target.pid(scene).orElseThrow(() -> new IOException("there is no " + target));
    usual = ProcessFacts.descriptorLimit(pid);
    Signals.limit(pid, "--nofile=" + FEW + ":");
    var strangers = new Crowd(scene.stack().door(), scene.random());
    crowd = Optional.of(strangers);
    came = strangers.connect(MANY);
  }

  @Override
  public Duration lasts(Scene scene) {
    return Duration.ofMillis(scene.random().nextLong(1_500, 3_000));
  }

  @Override
  public void heal(Scene scene) throws IOException, InterruptedException {
    crowd.orElseThrow().close();
    if (Target.isAlive(pid)) {
      Signals.limit(pid, "--nofile=" + usual + ":");
    }
  }

  @Override
  public boolean happened() {
    return came > FEW;
  }
}
