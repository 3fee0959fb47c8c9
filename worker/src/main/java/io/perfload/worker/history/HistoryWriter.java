// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SeriesSet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes chunks and gaps from sessions and writes them with threads of its own, {@code history-0}
 * and on, each going round a {@link WriteRound}. A chunk is told stored only after the store
 * acknowledged it. While the store is away its batch is kept and tried again for ever, and the
 * queue fills until offers are turned down.
 */
public final class HistoryWriter implements ChunkIntake {
  private static final Logger log = LoggerFactory.getLogger(HistoryWriter.class);

  private final WritePath path;
  private final LongSupplier nanoTime;
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch stopNow = new CountDownLatch(1);

  public HistoryWriter(
      ChunkStore chunks,
      SeriesStore series,
      GapStore gaps,
      HistorySettings settings,
      InstantSource clock,
      LongSupplier nanoTime,
      RandomGenerator random) {
    this.path = new WritePath(chunks, series, gaps, settings, clock);
    this.nanoTime = nanoTime;
    for (int i = 0; i < settings.writers(); i++) {
      WriteRound round = path.round(random);
      threads.add(new Thread(() -> run(round), "history-" + i));
    }
  }

  /** Begins to write; to be called once. */
  public void start() {
    threads.forEach(Thread::start);
  }

  @Override
  public boolean offer(PackedChunk chunk, SeriesSet set, Arrival arrival, Outcome outcome) {
    return path.offer(chunk, set, arrival, outcome);
  }

  @Override
  public boolean offer(HostId host, LostSamples lost, Arrival arrival, Outcome outcome) {
    return path.offer(host, lost, arrival, outcome);
  }

  @Override
  public Capacity capacity() {
    return path.capacity();
  }

  @Override
  public void whenRoom(Runnable callback) {
    path.whenRoom(callback);
  }

  /** Returns how it goes. Any thread. */
  public WriteCounts counts() {
    return path.counts();
  }

  WriteTally tally() {
    return path.tally();
  }

  /**
   * Takes nothing any more and writes what it has, at most until {@code deadline} has passed.
   *
   * @return how many chunks and gaps were left; nobody is told of them, their agents have them
   *     still
   */
  public int drain(Duration deadline) throws InterruptedException {
    path.close();
    long until = nanoTime.getAsLong() + deadline.toNanos();
    for (Thread thread : threads) {
      TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, until - nanoTime.getAsLong()));
    }
    stopNow.countDown();
    threads.forEach(Thread::interrupt);
    WriteCounts counts = path.counts();
    if (counts.pendingChunks() > 0) {
      log.warn(
          "Chunks were left unwritten: chunks={} bytes={}",
          counts.pendingChunks(),
          counts.pendingBytes());
    }
    return counts.pendingChunks();
  }

  private void run(WriteRound round) {
    try {
      while (stopNow.getCount() > 0) {
        boolean last = path.queue().isClosed();
        long wait = round.step();
        if (!round.isIdle()) {
          stopNow.await(wait, TimeUnit.MILLISECONDS);
        } else if (wait > 0) {
          if (last) {
            return;
          }
          path.queue().awaitChunks(wait);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
