// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SeriesSet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Workers that write to one store at once, on one thread: whenever one of them calls the store,
 * others may go a step before it, and the call may fail before or after it took effect.
 */
final class Crowd {
  private static final int WORKERS = 3;
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochMilli(Minutes.ARRIVAL.atMs()));

  private final HostId host;
  private final Random random;
  private final MemoryChunkStore chunks = new MemoryChunkStore();
  private final MemorySeriesStore series = new MemorySeriesStore();
  private final MemoryGapStore gaps = new MemoryGapStore();
  private final List<Worker> workers = new ArrayList<>();
  private final Set<Message> acknowledged = new HashSet<>();
  private boolean calm;

  Crowd(HostId host, Random random) {
    this.host = host;
    this.random = random;
    chunks.before(this::interfere);
    chunks.after(this::loseAnswer);
    series.before(this::interfere);
    series.after(this::loseAnswer);
    gaps.before(this::interfere);
    gaps.after(this::loseAnswer);
    for (int i = 0; i < WORKERS; i++) {
      workers.add(new Worker());
    }
  }

  /** Sends everything to somebody until all of it is acknowledged. */
  void write(List<Chunk> all, List<LostSamples> lost) {
    List<Message> order = new ArrayList<>();
    all.forEach(chunk -> order.add(new Message(order.size(), chunk)));
    lost.forEach(gap -> order.add(new Message(order.size(), gap)));
    Collections.shuffle(order, random);
    for (int round = 0; acknowledged.size() < order.size(); round++) {
      assertThat(round).as("rounds").isLessThan(1_000);
      calm = round > 20;
      for (Message message : order) {
        if (!acknowledged.contains(message) && random.nextBoolean()) {
          any(workers).take(message);
        }
      }
      for (int step = random.nextInt(10); step >= 0; step--) {
        any(workers).step();
      }
      if (random.nextInt(4) == 0) {
        workers.set(random.nextInt(workers.size()), new Worker());
      }
    }
  }

  Chunk document(ChunkId id) throws StoreUnavailable {
    calm = true;
    PackedChunk document = chunks.stored(id).orElseThrow();
    SeriesSet set = series.find(List.of(document.set())).values().iterator().next();
    return Minutes.unpack(document, set);
  }

  HostGaps gaps() {
    return gaps.stored(host).orElse(new HostGaps(host, List.of()));
  }

  private void interfere() throws StoreUnavailable {
    if (calm) {
      return;
    }
    if (random.nextInt(4) == 0) {
      any(workers).step();
    }
    if (random.nextInt(8) == 0) {
      throw MemoryChunkStore.unavailable();
    }
  }

  private void loseAnswer() throws StoreUnavailable {
    if (!calm && random.nextInt(8) == 0) {
      throw MemoryChunkStore.unavailable();
    }
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** A chunk or a gap, as an agent sends it. */
  private record Message(int number, Object what) {}

  private final class Worker {
    private final WritePath path =
        new WritePath(chunks, series, gaps, HistorySettings.DEFAULTS, CLOCK);
    private final List<WriteRound> rounds = List.of(path.round(random), path.round(random));
    private final Set<WriteRound> busy = new HashSet<>();

    void take(Message message) {
      var outcome = new Acknowledgement(message);
      boolean taken =
          message.what() instanceof Chunk chunk
              ? path.offer(ChunkCodec.pack(chunk), chunk.set(), Minutes.ARRIVAL, outcome)
              : path.offer(host, (LostSamples) message.what(), Minutes.ARRIVAL, outcome);
      assertThat(taken).isTrue();
    }

    /** A writer that is in the middle of a step is not asked for another. */
    void step() {
      WriteRound round = any(rounds);
      if (busy.add(round)) {
        round.step();
        busy.remove(round);
      }
    }
  }

  private final class Acknowledgement implements ChunkIntake.Outcome {
    private final Message message;

    Acknowledgement(Message message) {
      this.message = message;
    }

    @Override
    public void stored() {
      acknowledged.add(message);
    }

    @Override
    public void refused(String reason) {
      throw new AssertionError(reason);
    }
  }
}
