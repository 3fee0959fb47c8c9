// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

import java.util.Locale;

/** What a slot of the roster is doing. */
public enum SlotState {
  /** Nobody has it; a worker may be about to come. */
  VACANT(0),
  /** A process was started, or a known one is expected back. */
  STARTING(1),
  /** Registered, not yet ready for connections. */
  LINKING(2),
  /** Takes connections. */
  LIVE(3),
  /** Has not answered for a while and is passed over. */
  STALLED(4),
  /** Finishes what it has. */
  DRAINING(5),
  /** Gone or being killed; its unanswered connections wait for the proof of its death. */
  DYING(6);

  private final byte code;

  SlotState(int code) {
    this.code = (byte) code;
  }

  /** The number on the wire. */
  byte code() {
    return code;
  }

  /** Returns the state with this number. */
  static SlotState of(byte code) {
    for (SlotState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("state: " + code);
  }

  /** Whether a worker in this state counts for the average load. */
  public boolean live() {
    return this == LIVE || this == STALLED;
  }

  /** The name for people and programs: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
