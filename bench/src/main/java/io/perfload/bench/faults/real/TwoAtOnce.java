// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.IOException;
import java.time.Duration;

/** One fault while there is another. */
final class TwoAtOnce implements Fault {
  private final String names;
  private final Fault first;
  private final Fault second;

  TwoAtOnce(String names, Fault first, Fault second) {
    this.names = names;
    this.first = first;
    this.second = second;
  }

  @Override
  public void inject(Scene scene) throws IOException, InterruptedException {
    first.inject(scene);
    try {
      second.inject(scene);
    } catch (IOException | InterruptedException e) {
      first.heal(scene);
      throw e;
    }
  }

  @Override
  public Duration lasts(Scene scene) {
    Duration one = first.lasts(scene);
    Duration other = second.lasts(scene);
    return one.compareTo(other) > 0 ? one : other;
  }

  @Override
  public void heal(Scene scene) throws IOException, InterruptedException {
    try {
      first.heal(scene);
    } finally {
      second.heal(scene);
    }
  }

  @Override
  public boolean happened() {
    return first.happened() && second.happened();
  }

  /** Which two. */
  @Override
  public String details() {
    return names;
  }
}
