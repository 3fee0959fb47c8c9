// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.child;

/** A process that does as it is told, or not. */
public final class FakeChild implements Child {
  private final long pid;
  private final boolean obeys;
  private final boolean dies;
  private boolean alive = true;
  private int terminations;

  private FakeChild(long pid, boolean obeys, boolean dies) {
    this.pid = pid;
    this.obeys = obeys;
    this.dies = dies;
  }

  public static FakeChild obedient(long pid) {
    return new FakeChild(pid, true, true);
  }

  public static FakeChild deaf(long pid) {
    return new FakeChild(pid, false, true);
  }

  public static FakeChild immortal(long pid) {
    return new FakeChild(pid, false, false);
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public boolean alive() {
    return alive;
  }

  @Override
  public void terminate() {
    terminations++;
    alive &= !obeys;
  }

  @Override
  public void kill() {
    alive &= !dies;
  }

  public int terminations() {
    return terminations;
  }

  void die() {
    alive = false;
  }
}
