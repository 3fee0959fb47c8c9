// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.child;

import java.time.Duration;
import java.util.Locale;

/** What a process is for. In the order in which they stop. */
public enum Role {
  AGENT(Duration.ofSeconds(8)),
  /** Shuts the door, lets its workers finish, and ends after them. */
  MASTER(Duration.ofSeconds(30)),
  /** Those that a master left behind. */
  WORKER(Duration.ofSeconds(12)),
  REDIS(Duration.ofSeconds(5)),
  STORE(Duration.ofSeconds(15));

  private final Duration stopWithin;

  Role(Duration stopWithin) {
    this.stopWithin = stopWithin;
  }

  /** How long it may take to end by itself. */
  public Duration stopWithin() {
    return stopWithin;
  }

  /** As people read it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
