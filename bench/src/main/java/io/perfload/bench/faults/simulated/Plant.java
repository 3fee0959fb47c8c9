// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A bug put in on purpose, at a seam: what the simulation must find. */
public enum Plant {
  NONE("all is as it should be"),
  EARLY_ACK("a chunk is told stored before it is written"),
  SKIPPED_SYNC("the agent's disk does not sync what is written"),
  SKIPPED_NAME_SYNC("the agent's disk does not sync names"),
  LOST_MERGE("a replacement does not look at the revision it replaces"),
  OVERWRITE("an insertion replaces what is there"),
  MISSING_SERIES("a set of series is told saved and is not"),
  EARLY_ANSWER("the store answers before it is durable"),
  HASTY_ACK("all chunks that wait are told stored as soon as one is"),
  FORGOTTEN_GAP("a gap is told stored and is not"),
  EARLY_TRIM("the agent's spool drops a chunk once it was read to be sent");

  private final String description;

  Plant(String description) {
    this.description = description;
  }

  /** How the command line names it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String description() {
    return description;
  }

  /** Finds the bug of a label. */
  public static Optional<Plant> of(String label) {
    return Arrays.stream(values()).filter(plant -> plant.label().equals(label)).findFirst();
  }
}
