// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.model;

import static java.util.Objects.requireNonNull;

import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;

/**
 * How an agent keeps what is not yet acknowledged.
 *
 * @param pendingChunks sealed chunks that wait; at least 0
 * @param bytes what these take; at least 0
 */
public record SpoolReport(State state, long pendingChunks, long bytes) {
  public SpoolReport {
    requireNonNull(state, "state");
    if (pendingChunks < 0 || bytes < 0) {
      throw new IllegalArgumentException(
          "pendingChunks, bytes: " + pendingChunks + ", " + bytes + " (expected: >= 0)");
    }
  }

  /** What an operator has to know of a spool. */
  public enum State {
    /** All is on disk. */
    OK(0, "ok"),
    /** The disk cannot be written: samples are kept in memory, and are lost if the agent ends. */
    MEMORY(1, "memory"),
    /** A bound is reached: the oldest samples go. */
    DROPPING(2, "dropping");

    private final int code;
    private final String label;

    State(int code, String label) {
      this.code = code;
      this.label = label;
    }

    /** Its number on the wire. */
    public int code() {
      return code;
    }

    /** Its name for programs and people. */
    public String label() {
      return label;
    }

    /** Finds the state of a code. */
    public static State of(int code) throws Malformed {
      for (State state : values()) {
        if (state.code == code) {
          return state;
        }
      }
      throw new Malformed(Fault.VALUE, "state " + code + " of a spool");
    }
  }
}
