// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkBuilder;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.worker.fleet.TailPart;
import io.perfload.worker.history.ChunkStore.Found;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Draws the history of hosts from stored chunks and the newest seconds. The ids of the chunks
 * follow from the question, so they are looked up, never searched. Any thread but an event loop:
 * calls block.
 */
public final class HistoryReader {
  private static final int CHUNKS_A_LOOKUP = 120;
  private static final int KNOWN_SERIES = 200_000;

  private final ChunkStore chunks;
  private final GapStore gaps;
  private final KnownSets sets;
  private final LongAdder unreadable = new LongAdder();

  public HistoryReader(ChunkStore chunks, SeriesStore series, GapStore gaps) {
    this.chunks = chunks;
    this.gaps = gaps;
    this.sets = new KnownSets(series, KNOWN_SERIES);
  }

  /**
   * Returns what {@code query} asks for.
   *
   * @param tail the newest seconds of the host, asked for <em>before</em> this is called: a chunk
   *     that is stored meanwhile is then in both rather than in neither. A second that is in both
   *     counts once
   * @throws StoreUnavailable if no answer came in time; repeating is safe
   */
  public SeriesAnswer series(SeriesQuery query, List<TailPart> tail)
      throws StoreUnavailable, QueryTooLarge {
    Tier tier = Tier.SECOND;
    Buckets buckets = Buckets.covering(query.fromMs(), query.toMs(), tier.stepMs(), query.points());
    var drawing = new Drawing(query.wanted(), buckets);
    Map<ChunkId, ChunkBuilder> newest = newest(query.host(), tier, tail);
    List<ChunkId> ids = new ArrayList<>();
    for (long at = tier.startOf(buckets.startMs()); at < buckets.endMs(); at += tier.spanMs()) {
      ids.add(new ChunkId(query.host(), tier, at));
      if (ids.size() == CHUNKS_A_LOOKUP) {
        draw(ids, newest, drawing);
        ids.clear();
      }
    }
    draw(ids, newest, drawing);
    return new SeriesAnswer(
        tier,
        buckets.startMs(),
        buckets.stepMs(),
        buckets.count(),
        drawing.done(),
        gaps(query.host(), buckets));
  }

  /** How many stored chunks could not be read and were left out. */
  public long unreadable() {
    return unreadable.sum();
  }

  private List<LostSamples> gaps(HostId host, Buckets buckets) throws StoreUnavailable {
    return Optional.ofNullable(gaps.find(Set.of(host)).get(host))
        .map(found -> found.gaps().within(buckets.startMs(), buckets.endMs()))
        .orElse(List.of());
  }

  private void draw(List<ChunkId> ids, Map<ChunkId, ChunkBuilder> newest, Drawing drawing)
      throws StoreUnavailable, QueryTooLarge {
    if (ids.isEmpty()) {
      return;
    }
    Map<ChunkId, Found> found = chunks.find(ids);
    Map<SetHash, SeriesSet> known = setsOf(found.values());
    for (ChunkId id : ids) {
      Optional<Chunk> stored =
          Optional.ofNullable(found.get(id)).flatMap(one -> unpacked(one, known));
      Optional<ChunkBuilder> seconds = Optional.ofNullable(newest.get(id));
      Optional<Chunk> whole =
          seconds.isEmpty() ? stored : Optional.of(united(seconds.orElseThrow(), stored));
      if (whole.isPresent()) {
        drawing.add(whole.orElseThrow());
      }
    }
  }

  private static Chunk united(ChunkBuilder seconds, Optional<Chunk> stored) {
    stored.ifPresent(seconds::add);
    return seconds.build();
  }

  private Map<SetHash, SeriesSet> setsOf(Iterable<Found> found) throws StoreUnavailable {
    Set<SetHash> hashes = new HashSet<>();
    found.forEach(one -> one.chunk().ifPresent(chunk -> hashes.add(chunk.set())));
    return sets.find(hashes);
  }

  private Optional<Chunk> unpacked(Found found, Map<SetHash, SeriesSet> known) {
    Optional<PackedChunk> packed = found.chunk();
    Optional<SeriesSet> set = packed.flatMap(chunk -> Optional.ofNullable(known.get(chunk.set())));
    if (set.isPresent()) {
      try {
        return Optional.of(ChunkCodec.unpack(packed.orElseThrow(), set.orElseThrow()));
      } catch (Malformed e) {
        // counted below, with the others that nobody can read
      }
    }
    unreadable.increment();
    return Optional.empty();
  }

  private static Map<ChunkId, ChunkBuilder> newest(HostId host, Tier tier, List<TailPart> tail) {
    Map<ChunkId, ChunkBuilder> builders = new HashMap<>();
    for (TailPart part : tail) {
      for (Sample sample : part.samples()) {
        if (sample.takenAtMs() >= 0) {
          var id = new ChunkId(host, tier, tier.startOf(sample.takenAtMs()));
          builders
              .computeIfAbsent(id, ChunkBuilder::new)
              .add(part.set(), part.agentStartMs(), sample);
        }
      }
    }
    return builders;
  }
}
