// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import java.util.List;
import java.util.Map;

/**
 * How writing history goes. Every chunk or gap ever taken is in exactly one of {@code pending},
 * {@code inserted}, {@code repeated}, {@code merged}, {@code gaps} and {@code refused}.
 *
 * @param capacityChunks chunks that fit in the queue
 * @param pendingChunks chunks and gaps taken and not yet settled
 * @param blocked how often a session found the queue full
 * @param inserted chunks that were new
 * @param repeated chunks that were there already with all they say
 * @param merged chunks that were made one with what was there
 * @param refused what can never be stored, by reason, {@code gap-} before those of gaps
 * @param lastRefused the newest of them, oldest first
 * @param races replacements that another worker was faster with
 * @param unreadable stored chunks that could not be read and were replaced
 * @param failures batches that had to wait because the store was away
 * @param swept expired chunks deleted
 * @param gaps gaps that are in the store because of this worker
 * @param gapsOverflown gaps that went because their host had {@value HostGaps#MAX_GAPS} newer ones
 */
public record WriteCounts(
    int capacityChunks,
    long capacityBytes,
    int pendingChunks,
    long pendingBytes,
    int highWaterChunks,
    long highWaterBytes,
    long blocked,
    long inserted,
    long repeated,
    long merged,
    Map<String, Long> refused,
    List<RefusedChunk> lastRefused,
    long races,
    long unreadable,
    long failures,
    long swept,
    long gaps,
    long gapsOverflown) {
  public WriteCounts {
    refused = Map.copyOf(refused);
    lastRefused = List.copyOf(lastRefused);
  }

  /** Chunks that are in the store because of this worker. */
  public long written() {
    return inserted + repeated + merged;
  }

  /** Chunks refused for whatever reason. */
  public long refusedInAll() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }
}
