// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.oracle;

import io.perfload.common.model.SeriesSet;

/** A sample that an agent took, and how sure it is that it may not get lost. One thread. */
final class Made {
  final long agentStartMs;
  final long sequence;
  final long takenAtMs;
  final SeriesSet set;
  final long[] scaled;
  private Duty duty = Duty.NONE;

  /** What nobody may lose it to. */
  enum Duty {
    /** The agent had no time to keep it: it may go with the process. */
    NONE,
    /** It may go with the machine, not with the process. */
    KEPT,
    /** It must survive the end of the machine, too. */
    DURABLE,
    /** The worker said it was stored. */
    ACKNOWLEDGED,
    /** What could lose it happened before anything was promised. */
    EXCUSED
  }

  Made(long agentStartMs, long sequence, long takenAtMs, SeriesSet set, long[] scaled) {
    this.agentStartMs = agentStartMs;
    this.sequence = sequence;
    this.takenAtMs = takenAtMs;
    this.set = set;
    this.scaled = scaled;
  }

  Duty duty() {
    return duty;
  }

  /** Promises more, never less. */
  void promise(Duty more) {
    if (duty != Duty.EXCUSED && more.compareTo(duty) > 0) {
      duty = more;
    }
    if (more == Duty.ACKNOWLEDGED) {
      duty = more;
    }
  }

  /** Something happened that may take all that is not promised at least {@code atLeast}. */
  void endure(Duty atLeast) {
    if (duty.compareTo(atLeast) < 0) {
      duty = Duty.EXCUSED;
    }
  }

  /** Whether a reading of the same second with this origin is this one or stands for it. */
  boolean isKeptBy(long otherStartMs, long otherSequence) {
    return otherStartMs > agentStartMs
        || (otherStartMs == agentStartMs && otherSequence >= sequence);
  }
}
