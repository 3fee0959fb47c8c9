// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.chunk.ChunkId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of chunks and remembers the newest gaps. Any thread. */
final class WriteTally {
  static final int REMEMBERED = 100;

  final LongAdder inserted = new LongAdder();
  final LongAdder repeated = new LongAdder();
  final LongAdder merged = new LongAdder();
  final LongAdder gaps = new LongAdder();
  final LongAdder gapsOverflown = new LongAdder();
  final LongAdder races = new LongAdder();
  final LongAdder unreadable = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder swept = new LongAdder();
  private final Object lock = new Object();
  private final Map<String, Long> refused = new TreeMap<>();
  private final ArrayDeque<RefusedChunk> lastRefused = new ArrayDeque<>();

  /**
   * @param reason starts with one word of a small fixed set
   */
  void refused(ChunkId id, long atMs, String reason) {
    synchronized (lock) {
      refused.merge(firstWord(reason), 1L, Long::sum);
      if (lastRefused.size() == REMEMBERED) {
        lastRefused.remove();
      }
      lastRefused.add(new RefusedChunk(id, atMs, reason));
    }
  }

  /**
   * @param reason as for a chunk
   */
  void refusedGap(String reason) {
    synchronized (lock) {
      refused.merge("gap-" + firstWord(reason), 1L, Long::sum);
    }
  }

  WriteCounts counts(WriteQueue.Gauge queue) {
    synchronized (lock) {
      return new WriteCounts(
          queue.maxChunks(),
          queue.maxBytes(),
          queue.chunks(),
          queue.bytes(),
          queue.highWaterChunks(),
          queue.highWaterBytes(),
          queue.blocked(),
          inserted.sum(),
          repeated.sum(),
          merged.sum(),
          refused,
          List.copyOf(lastRefused),
          races.sum(),
          unreadable.sum(),
          failures.sum(),
          swept.sum(),
          gaps.sum(),
          gapsOverflown.sum());
    }
  }

  private static String firstWord(String reason) {
    int end = 0;
    while (end < reason.length() && Character.isLetterOrDigit(reason.charAt(end))) {
      end++;
    }
    return reason.substring(0, end);
  }
}
