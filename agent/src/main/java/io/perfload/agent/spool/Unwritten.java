// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.common.chunk.PackedChunk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Chunks that are not on disk yet, and the journals that are kept until they are. Guarded by its
 * owner.
 */
final class Unwritten {
  private final TreeMap<Long, Held> held = new TreeMap<>();
  private long bytes;

  void put(long number, PackedChunk packed, List<Discard> journals) {
    held.put(number, new Held(packed, List.copyOf(journals)));
    bytes += packed.bytes().length;
  }

  Optional<PackedChunk> get(long number) {
    return Optional.ofNullable(held.get(number)).map(Held::packed);
  }

  /** The number of the oldest. */
  Optional<Long> first() {
    return Optional.ofNullable(held.firstEntry()).map(Map.Entry::getKey);
  }

  /** Takes one out; returns its journals, none if it is not here. */
  List<Discard> remove(long number) {
    Held removed = held.remove(number);
    if (removed == null) {
      return List.of();
    }
    bytes -= removed.packed.bytes().length;
    return removed.journals;
  }

  boolean contains(long number) {
    return held.containsKey(number);
  }

  boolean isOverLimits() {
    return held.size() > SpoolLimits.MAX_UNWRITTEN || bytes > SpoolLimits.MAX_UNWRITTEN_BYTES;
  }

  private record Held(PackedChunk packed, List<Discard> journals) {}
}
