// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.worker.history.ChunkStore.Insertion;
import io.perfload.worker.history.GapStore.Found;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Brings gaps into the store: those of one host are written together, in the place of what was
 * read. Every step may be repeated after any failure. Stateless but for its counters; any thread.
 */
final class GapWriter {
  private static final int MAX_RACES = 8;

  private final GapStore store;
  private final long keepMs;
  private final InstantSource clock;
  private final WriteTally tally;

  /**
   * @param keep gaps that ended longer ago go with the next write
   */
  GapWriter(GapStore store, Duration keep, InstantSource clock, WriteTally tally) {
    this.store = store;
    this.keepMs = keep.toMillis();
    this.clock = clock;
    this.tally = tally;
  }

  /**
   * Tries once to store all of {@code batch}, at most {@link GapStore#MAX_BATCH}.
   *
   * @param settled told of every gap the store keeps now
   */
  void write(List<PendingGap> batch, Consumer<PendingGap> settled) throws StoreUnavailable {
    Map<HostId, List<PendingGap>> byHost = new LinkedHashMap<>();
    batch.forEach(one -> byHost.computeIfAbsent(one.host(), host -> new ArrayList<>()).add(one));
    Map<HostId, Found> found = store.find(byHost.keySet());
    List<Union> fresh = new ArrayList<>();
    for (Map.Entry<HostId, List<PendingGap>> one : byHost.entrySet()) {
      if (found.get(one.getKey()) == null) {
        fresh.add(united(new HostGaps(one.getKey(), List.of()), one.getValue()));
      } else if (replaced(one.getKey(), one.getValue(), Optional.of(found.get(one.getKey())))) {
        one.getValue().forEach(settled);
      }
    }
    insert(fresh, byHost, settled);
  }

  private void insert(
      List<Union> fresh, Map<HostId, List<PendingGap>> byHost, Consumer<PendingGap> settled)
      throws StoreUnavailable {
    if (fresh.isEmpty()) {
      return;
    }
    List<Insertion> insertions = store.insert(fresh.stream().map(Union::kept).toList());
    for (int i = 0; i < fresh.size(); i++) {
      HostId host = fresh.get(i).kept().host();
      List<PendingGap> gaps = byHost.getOrDefault(host, List.of());
      switch (insertions.get(i)) {
        case STORED -> {
          tally.gapsOverflown.add(fresh.get(i).overflown());
          gaps.forEach(settled);
        }
        case TAKEN -> {
          if (replaced(host, gaps, found(host))) {
            gaps.forEach(settled);
          }
        }
        case FAILED -> tally.failures.increment();
        case REJECTED -> throw new IllegalStateException("the store takes no gaps of host " + host);
      }
    }
  }

  /** Returns false if nothing is stored any more, or others were faster again and again. */
  private boolean replaced(HostId host, List<PendingGap> gaps, Optional<Found> first)
      throws StoreUnavailable {
    Optional<Found> found = first;
    for (int race = 0; race < MAX_RACES && found.isPresent(); race++) {
      HostGaps stored = found.orElseThrow().gaps();
      Union next = united(stored, gaps);
      if (next.kept().equals(stored)) {
        return true;
      }
      if (store.replace(next.kept(), found.orElseThrow().rev())) {
        tally.gapsOverflown.add(next.overflown());
        return true;
      }
      tally.races.increment();
      found = found(host);
    }
    return false;
  }

  private Optional<Found> found(HostId host) throws StoreUnavailable {
    return Optional.ofNullable(store.find(Set.of(host)).get(host));
  }

  private Union united(HostGaps stored, List<PendingGap> more) {
    List<LostSamples> lost = more.stream().map(PendingGap::lost).toList();
    HostGaps all = stored.with(lost).since(clock.millis() - keepMs);
    HostGaps kept = all.newest();
    return new Union(kept, all.gaps().size() - kept.gaps().size());
  }

  /**
   * @param overflown how many did not fit
   */
  private record Union(HostGaps kept, int overflown) {}
}
