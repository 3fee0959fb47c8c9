// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.perfload.bench.faults.oracle.Oracle;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** What everything in one simulated run shares. One thread. */
final class World {
  final SplittableRandom random;
  final Timeline time;
  final Trace trace;
  final Oracle oracle = new Oracle();
  final Map<Mishap, Long> mishaps = new EnumMap<>(Mishap.class);
  final Sightings sightings = new Sightings();
  final Plant plant;

  World(long seed, Plant plant, Optional<PrintStream> out) {
    random = new SplittableRandom(seed);
    time = new Timeline(random.split());
    trace = new Trace(out);
    this.plant = plant;
  }

  void count(Mishap mishap, String who) {
    mishaps.merge(mishap, 1L, Long::sum);
    trace.event(time.nanos(), who, mishap.label(), 0);
  }

  void event(String who, String what, long detail) {
    trace.event(time.nanos(), who, what, detail);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A time of about {@code nanos}, half to one and a half times as long. */
  long about(long nanos) {
    return nanos / 2 + random.nextLong(nanos + 1);
  }
}
