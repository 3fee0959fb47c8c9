// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** At least once on the way, once in the store. */
class AnyOrderTest {
  private static final HostId HOST = HostId.of(1, 2);
  private static final ChunkId MINUTE = new ChunkId(HOST, Tier.SECOND, Minutes.START);

  @Property(tries = 300)
  void anyOrderRepetitionAndSplitOfTheSameSamplesGivesTheSameDocument(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int samples) throws Exception {
    var random = new Random(seed);
    List<Taken> taken = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      taken.add(Taken.random(random));
    }

    Chunk expected = union(taken);
    Chunk one = stored(splits(taken, random), random);
    Chunk other = stored(splits(taken, random), random);

    assertThat(one).isEqualTo(expected);
    assertThat(other).isEqualTo(expected);
  }

  /**
   * Several workers write to one store at once. Each call of the store may find it away, lose its
   * answer, or be overtaken by any other worker; workers die, and what they had not acknowledged
   * goes to others.
   */
  @Property(tries = 300)
  void anyOrderOnAnyWorkersInterruptedAnywhereGivesTheSameDocuments(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 80) int samples,
      @ForAll @IntRange(min = 0, max = 12) int accounts)
      throws Exception {
    var random = new Random(seed);
    List<Taken> taken = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      taken.add(Taken.random(random));
    }
    List<LostSamples> lost = new ArrayList<>();
    for (int i = 0; i < accounts; i++) {
      lost.add(HostGapsTest.account(random, 3));
    }

    var crowd = new Crowd(HOST, random);
    crowd.write(splits(taken, random), lost);

    assertThat(crowd.document(MINUTE)).isEqualTo(union(taken));
    assertThat(crowd.gaps()).isEqualTo(new HostGaps(HOST, lost));
  }

  private static List<Taken> shuffled(List<Taken> taken, Random random) {
    List<Taken> copy = new ArrayList<>(taken);
    Collections.shuffle(copy, random);
    return copy;
  }

  private static Chunk union(List<Taken> taken) {
    var builder = new ChunkBuilder(MINUTE);
    taken.forEach(one -> builder.add(one.set(), one.run(), one.sample()));
    return builder.build();
  }

  /** Chunks that together have every sample at least once. */
  private static List<Chunk> splits(List<Taken> taken, Random random) {
    List<Chunk> chunks = new ArrayList<>();
    List<Taken> left = shuffled(taken, random);
    while (!left.isEmpty()) {
      int size = 1 + random.nextInt(left.size());
      List<Taken> part = new ArrayList<>(left.subList(0, size));
      left = left.subList(size, left.size());
      for (int again = random.nextInt(4); again > 0; again--) {
        part.add(taken.get(random.nextInt(taken.size())));
      }
      chunks.add(union(part));
    }
    for (int again = random.nextInt(3); again > 0; again--) {
      chunks.add(chunks.get(random.nextInt(chunks.size())));
    }
    return chunks;
  }

  private static Chunk stored(List<Chunk> chunks, Random random) throws Exception {
    var store = new MemoryChunkStore();
    var series = new MemorySeriesStore();
    var clock = InstantSource.fixed(Instant.ofEpochMilli(Minutes.START + 90_000));
    var settings = new HistorySettings(Duration.ofDays(1), 1 << 20, 1_000, 1 + random.nextInt(3));
    var writer =
        new HistoryWriter(
            store, series, new MemoryGapStore(), settings, clock, System::nanoTime, random);
    var outcomes = new Outcomes();
    writer.start();
    List<Chunk> order = new ArrayList<>(chunks);
    Collections.shuffle(order, random);
    for (Chunk chunk : order) {
      PackedChunk packed = ChunkCodec.pack(chunk);
      assertThat(writer.offer(packed, chunk.set(), Minutes.ARRIVAL, outcomes.of(packed.id())))
          .isTrue();
    }
    assertThat(writer.drain(Duration.ofSeconds(30))).isZero();
    assertThat(outcomes.stored()).hasSize(chunks.size());
    PackedChunk document = store.stored(MINUTE).orElseThrow();
    SeriesSet set = series.find(List.of(document.set())).values().iterator().next();
    return Minutes.unpack(document, set);
  }

  /** One reading as some run of the agent took it. */
  private record Taken(SeriesSet set, long run, Sample sample) {
    static Taken random(Random random) {
      SeriesSet set = random.nextBoolean() ? Minutes.SMALL : Minutes.LARGE;
      long[] scaled = new long[set.size()];
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = random.nextInt(4) == 0 ? Sample.ABSENT : random.nextInt(10_000);
      }
      long at = Minutes.START + random.nextInt(60) * 1000L + random.nextInt(1000);
      return new Taken(
          set, Minutes.RUN + random.nextInt(2), new Sample(at, random.nextInt(50), scaled));
    }
  }
}
