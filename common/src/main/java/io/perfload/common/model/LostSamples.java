// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.model;

import static java.util.Objects.requireNonNull;

import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;

/**
 * A gap: samples of one host that were taken and cannot be kept. The same gap may be told again,
 * grown meanwhile; {@link #id} says that it is the same.
 *
 * @param id chosen at random by whoever lost them; never changes
 * @param fromMs the first instant that may be missing (Unix time, milliseconds)
 * @param toMs the instant after the last; greater than {@code fromMs}
 * @param samples how many are known to be missing; 0 if nobody can tell
 */
public record LostSamples(long id, long fromMs, long toMs, long samples, Reason reason) {
  public LostSamples {
    requireNonNull(reason, "reason");
    if (fromMs < 0 || toMs <= fromMs) {
      throw new IllegalArgumentException(
          "toMs: " + toMs + " (expected: > fromMs, which is " + fromMs + " and >= 0)");
    }
    if (samples < 0) {
      throw new IllegalArgumentException("samples: " + samples + " (expected: >= 0)");
    }
  }

  /** Makes two accounts of the same gap one. Any order, any repetition: the same account. */
  public LostSamples and(LostSamples other) {
    if (other.id != id) {
      throw new IllegalArgumentException("id: " + other.id + " (expected: " + id + ")");
    }
    return new LostSamples(
        id,
        Math.min(fromMs, other.fromMs),
        Math.max(toMs, other.toMs),
        Math.max(samples, other.samples),
        reason.code() <= other.reason.code() ? reason : other.reason);
  }

  /** Why samples were lost. */
  public enum Reason {
    /** The spool had reached its bounds. */
    SPOOL_FULL(1, "spool-full"),
    /** The server will never take them. */
    REFUSED(2, "refused"),
    /** They could not be read from the disk again. */
    DAMAGED(3, "damaged"),
    /** The disk was too slow to take them, and memory was full. */
    DISK_SLOW(4, "disk-slow");

    private final int code;
    private final String label;

    Reason(int code, String label) {
      this.code = code;
      this.label = label;
    }

    /** Its number on the wire and in the store. */
    public int code() {
      return code;
    }

    /** Its name for programs and people. */
    public String label() {
      return label;
    }

    /** Finds the reason of a code. */
    public static Reason of(int code) throws Malformed {
      for (Reason reason : values()) {
        if (reason.code == code) {
          return reason;
        }
      }
      throw new Malformed(Fault.VALUE, "reason " + code + " of a gap");
    }

    /** Finds the reason of a label. */
    public static Reason labelled(String label) throws Malformed {
      for (Reason reason : values()) {
        if (reason.label.equals(label)) {
          return reason;
        }
      }
      throw new Malformed(Fault.VALUE, "reason " + label + " of a gap");
    }
  }
}
