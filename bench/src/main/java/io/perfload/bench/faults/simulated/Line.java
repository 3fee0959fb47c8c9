// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.perfload.bench.faults.oracle.WireTap;

/** A connection between an agent and a worker. One thread. */
final class Line {
  final Pipe up;
  final Pipe down;
  final WireTap tap;
  private final World world;
  private boolean reset;
  private Runnable agentNotice = () -> {};
  private Runnable workerNotice = () -> {};

  Line(World world, Road road, WireTap tap) {
    this.world = world;
    this.tap = tap;
    up = new Pipe(world, road);
    down = new Pipe(world, road);
  }

  /** How the agent's side learns that the line was reset. */
  void onAgentReset(Runnable notice) {
    agentNotice = notice;
  }

  /** How the worker's side learns that the line was reset. */
  void onWorkerReset(Runnable notice) {
    workerNotice = notice;
  }

  boolean isReset() {
    return reset;
  }

  /** Both sides find it broken; what is under way is lost. */
  void reset() {
    if (!reset) {
      reset = true;
      up.drop();
      down.drop();
      world.time.after(world.about(Timeline.MS), () -> agentNotice.run());
      world.time.after(world.about(Timeline.MS), () -> workerNotice.run());
    }
  }

  void stallUntil(long nanos) {
    up.stallUntil(nanos);
    down.stallUntil(nanos);
  }
}
