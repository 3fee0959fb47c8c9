// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static java.util.Objects.requireNonNull;

import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The gaps of one host. Whatever the order in which accounts of gaps are united, however often each
 * comes, and however a gap has grown meanwhile: the same accounts make an equal value.
 *
 * @param gaps each id once, by their ends, the oldest first
 */
public record HostGaps(HostId host, List<LostSamples> gaps) {
  /** As many as are kept of one host; the newest by their end. */
  public static final int MAX_GAPS = 1_000;

  private static final Comparator<LostSamples> BY_END =
      Comparator.comparingLong(LostSamples::toMs).thenComparingLong(LostSamples::id);

  public HostGaps {
    requireNonNull(host, "host");
    Map<Long, LostSamples> byId = new HashMap<>();
    gaps.forEach(gap -> byId.merge(gap.id(), gap, LostSamples::and));
    gaps = byId.values().stream().sorted(BY_END).toList();
  }

  /** Returns them with {@code more}: accounts of the same gap are one. */
  HostGaps with(Collection<LostSamples> more) {
    List<LostSamples> all = Stream.concat(gaps.stream(), more.stream()).toList();
    return new HostGaps(host, all);
  }

  /** Returns those that did not end before {@code ms}. */
  HostGaps since(long ms) {
    return new HostGaps(host, gaps.stream().filter(gap -> gap.toMs() >= ms).toList());
  }

  /** Returns the newest {@value #MAX_GAPS}. */
  HostGaps newest() {
    int size = gaps.size();
    return size <= MAX_GAPS ? this : new HostGaps(host, gaps.subList(size - MAX_GAPS, size));
  }

  /**
   * Returns those that have something of the time from {@code fromMs} (inclusive) to {@code toMs}.
   */
  List<LostSamples> within(long fromMs, long toMs) {
    return gaps.stream().filter(gap -> gap.fromMs() < toMs && gap.toMs() > fromMs).toList();
  }
}
