// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.chunk;

import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;

/** A resolution of history: a chunk of any tier has {@value #PLACES} places of one step each. */
public enum Tier {
  /** As read. */
  SECOND(0, "1s", 1_000);

  /** Points a chunk. */
  public static final int PLACES = 60;

  private static final Tier[] TIERS = values();

  private final int code;
  private final String label;
  private final long stepMs;

  Tier(int code, String label, long stepMs) {
    this.code = code;
    this.label = label;
    this.stepMs = stepMs;
  }

  /** The byte that stands for this tier in chunks and ids; never changes. */
  public int code() {
    return code;
  }

  /** What programs call it, such as {@code 1s}. */
  public String label() {
    return label;
  }

  /** Milliseconds between two places. */
  public long stepMs() {
    return stepMs;
  }

  /** Milliseconds a chunk covers. */
  public long spanMs() {
    return stepMs * PLACES;
  }

  /** The start of the chunk that {@code timeMs} falls in. */
  public long startOf(long timeMs) {
    return Math.floorDiv(timeMs, spanMs()) * spanMs();
  }

  /** The place of {@code timeMs} in its chunk, 0 to 59. */
  public int placeOf(long timeMs) {
    return (int) (Math.floorMod(timeMs, spanMs()) / stepMs);
  }

  static Tier of(int code) throws Malformed {
    if (code >= TIERS.length) {
      throw new Malformed(Fault.VALUE, "tier " + code);
    }
    return TIERS[code];
  }
}
