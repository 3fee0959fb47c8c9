// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.time.Duration;

/** Connections that are reset as soon as they are there. */
final class Resets implements Fault {
  private static final int COUNT = 10_000;

  private int done;

  @Override
  public void inject(Scene scene) {
    done = new Crowd(scene.stack().door(), scene.random()).reset(COUNT);
  }

  @Override
  public Duration lasts(Scene scene) {
    return Duration.ZERO;
  }

  @Override
  public void heal(Scene scene) {}

  @Override
  public boolean happened() {
    return done > COUNT / 2;
  }
}
