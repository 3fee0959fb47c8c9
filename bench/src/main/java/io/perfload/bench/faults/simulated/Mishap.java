// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

/** What can go wrong in a simulation. */
public enum Mishap {
  AGENT_KILLED("agent killed"),
  AGENT_STOPPED("agent stopped and started"),
  POWER_CUT("power cut of an agent's machine"),
  CRASH_AT_STEP("crash between two steps"),
  CLOCK_STEP("wall clock stepped"),
  MINUTES_AGAIN("clock set back at each start"),
  DISK_FULL("disk full"),
  DISK_READ_ONLY("disk read-only"),
  DISK_SLOW("disk slow"),
  SYNC_FAILED("sync failed"),
  WRITE_LOST("unsynced write lost or torn"),
  NAME_LOST("unsynced name lost"),
  WORKER_KILLED("worker killed"),
  WORKER_PAUSED("worker paused"),
  WORKER_DRAINED("worker drained"),
  STORE_AWAY("store away"),
  STORE_CRASHED("store crashed"),
  STORE_REFUSED("store call failed"),
  ANSWER_LOST("store's answer lost"),
  CONNECTION_CUT("connection cut"),
  CONNECTION_RESET("connection reset"),
  HALF_CLOSED("connection half closed"),
  PARTITION("network parted"),
  DRIBBLE("bytes one by one"),
  CONNECT_REFUSED("connect refused"),
  OWNERS_FLUSHED("owners forgotten");

  private final String label;

  Mishap(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
