// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.Sample;
import io.perfload.worker.fleet.HostState.Status;
import io.perfload.worker.history.HostRecord;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One host in few bytes: what was said once, the newest values packed, and whether somebody speaks
 * for it. The fleet's thread changes it, any thread reads {@link #view}.
 */
final class KnownHost {
  /** When the owner was last heard of it; the fleet's thread only. */
  long heardAtNanos;

  /** The newest sample that was handed over to be saved; the fleet's thread only. */
  long savedSampleAtMs;

  private volatile View view;

  KnownHost(View view) {
    this.view = view;
  }

  View view() {
    return view;
  }

  void become(View next) {
    view = next;
  }

  /**
   * What is known at one moment.
   *
   * @param sinceMs when the status last changed
   */
  record View(Description description, Newest newest, Status status, boolean stale, long sinceMs) {
    View stale(boolean stale) {
      return new View(description, newest, status, stale, sinceMs);
    }

    View status(Status status, long sinceMs) {
      return new View(description, newest, status, false, sinceMs);
    }

    boolean isOnline() {
      return status == Status.ONLINE;
    }

    HostState state() {
      return new HostState(
          description.profile(),
          status,
          stale,
          sinceMs,
          description.address(),
          description.owner().node(),
          description.owner().slot(),
          newest.lastSampleAtMs(),
          newest.rttMs(),
          newest.clockOffsetMs(),
          description.set(),
          last(),
          description.spool());
    }

    HostRecord toRecord() {
      return new HostRecord(
          description.profile(),
          description.address(),
          description.owner().node(),
          description.owner().slot(),
          sinceMs,
          newest.lastSampleAtMs(),
          description.set(),
          last());
    }

    /** Values that do not fit the columns are none: a frame of a moment between two sets. */
    private Optional<Sample> last() {
      if (newest.values().length == 0) {
        return Optional.empty();
      }
      try {
        var in = new ByteReader(ByteBuffer.wrap(newest.values()));
        long[] values = PackedValues.read(description.set().size(), in);
        return Optional.of(new Sample(newest.takenAtMs(), newest.sequence(), values));
      } catch (Malformed e) {
        return Optional.empty();
      }
    }
  }
}
