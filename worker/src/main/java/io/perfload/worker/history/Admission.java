// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SeriesSet;
import java.time.Duration;
import java.util.Optional;

/** Decides which chunks and gaps can never be stored. Pure. */
final class Admission {
  /** A clock that is wrong by a time zone still has a history; one that is years off has none. */
  static final Duration MAX_AHEAD = Duration.ofDays(1);

  private final long keepMs;

  Admission(Duration keep) {
    this.keepMs = keep.toMillis();
  }

  /**
   * Returns why {@code chunk} is refused, nothing if it may be stored. Its age is judged as of its
   * arrival: waiting for the store makes nothing too old.
   */
  Optional<String> reasonAgainst(PackedChunk chunk, SeriesSet set, Arrival arrival) {
    long start = chunk.id().startMs();
    if (start > arrival.latestMs() + MAX_AHEAD.toMillis()) {
      return Optional.of("future: it starts more than 24 hours from now; check the host's clock");
    }
    if (start + chunk.id().tier().spanMs() <= arrival.earliestMs() - keepMs) {
      return Optional.of("old: it ended longer ago than history is kept");
    }
    if (!set.hash().equals(chunk.set())) {
      return Optional.of("set: it names a set of series that was not declared");
    }
    return undecodable(chunk, set);
  }

  /** Returns why a gap is refused, nothing if it may be stored. */
  Optional<String> reasonAgainst(LostSamples lost, Arrival arrival) {
    return lost.toMs() > arrival.latestMs() + MAX_AHEAD.toMillis()
        ? Optional.of("future: the gap ends more than 24 hours from now; check the host's clock")
        : Optional.empty();
  }

  private static Optional<String> undecodable(PackedChunk packed, SeriesSet set) {
    try {
      Chunk chunk = ChunkCodec.unpack(packed, set);
      return chunk.readings() > 0 ? Optional.empty() : Optional.of("empty: it has no readings");
    } catch (Malformed e) {
      return Optional.of("undecodable: " + e.getMessage());
    }
  }
}
