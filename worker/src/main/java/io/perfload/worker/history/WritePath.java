// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static java.util.Objects.requireNonNull;

import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SeriesSet;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * The way of chunks and gaps from sessions into the store, without threads: what is offered waits
 * in a bounded queue until a {@link WriteRound} takes it. Any thread; nothing here blocks.
 */
public final class WritePath implements ChunkIntake {
  private static final int KNOWN_SERIES = 200_000;

  private final WriteQueue queue;
  private final Admission admission;
  private final BatchWriter writer;
  private final GapWriter gapWriter;
  private final InstantSource clock;
  private final WriteTally tally = new WriteTally();
  private final StoreNews news = new StoreNews();

  public WritePath(
      ChunkStore chunks,
      SeriesStore series,
      GapStore gaps,
      HistorySettings settings,
      InstantSource clock) {
    this.clock = requireNonNull(clock, "clock");
    queue = new WriteQueue(settings.queueChunks(), settings.queueBytes());
    admission = new Admission(settings.keep());
    writer =
        new BatchWriter(chunks, new KnownSets(series, KNOWN_SERIES), settings.keep(), clock, tally);
    gapWriter = new GapWriter(gaps, settings.keep(), clock, tally);
  }

  /**
   * Returns one more writer's work; as many as wanted may go on side by side.
   *
   * @param random takes a part off its pauses
   */
  public WriteRound round(RandomGenerator random) {
    return new WriteRound(
        queue, admission, writer, gapWriter, clock, new RetryDelay(random), tally, news);
  }

  @Override
  public boolean offer(PackedChunk chunk, SeriesSet set, Arrival arrival, Outcome outcome) {
    return queue.offer(chunk, set, arrival, outcome);
  }

  @Override
  public boolean offer(HostId host, LostSamples lost, Arrival arrival, Outcome outcome) {
    return queue.offer(host, lost, arrival, outcome);
  }

  @Override
  public Capacity capacity() {
    return queue.capacity();
  }

  @Override
  public void whenRoom(Runnable callback) {
    queue.whenRoom(callback);
  }

  /** Takes nothing any more; what is there can still be written. */
  public void close() {
    queue.close();
  }

  /** Returns how it goes. */
  public WriteCounts counts() {
    return tally.counts(queue.gauge());
  }

  WriteQueue queue() {
    return queue;
  }

  WriteTally tally() {
    return tally;
  }
}
