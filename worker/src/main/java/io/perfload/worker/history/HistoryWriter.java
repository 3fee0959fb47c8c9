// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.SeriesSet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes chunks from sessions and writes them with threads of its own, {@code history-0} and on. A
 * chunk is told stored only after the store acknowledged it. While the store is away its batch is
 * kept and tried again for ever, and the queue fills until offers are turned down.
 */
public final class HistoryWriter implements ChunkIntake {
  private static final Logger log = LoggerFactory.getLogger(HistoryWriter.class);
  private static final int BATCH_CHUNKS = 400;
  private static final long BATCH_BYTES = 2L << 20;
  private static final long IDLE_MS = 200;
  private static final int KNOWN_SERIES = 200_000;

  private final WriteQueue queue;
  private final Admission admission;
  private final BatchWriter writer;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final WriteTally tally = new WriteTally();
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch stopNow = new CountDownLatch(1);
  private final AtomicBoolean away = new AtomicBoolean();
  private volatile boolean draining;

  public HistoryWriter(
      ChunkStore chunks,
      SeriesStore series,
      HistorySettings settings,
      InstantSource clock,
      RandomGenerator random) {
    this.queue = new WriteQueue(settings.queueChunks(), settings.queueBytes());
    this.admission = new Admission(settings.keep());
    this.clock = clock;
    this.random = random;
    this.writer =
        new BatchWriter(chunks, new KnownSets(series, KNOWN_SERIES), settings.keep(), clock, tally);
    for (int i = 0; i < settings.writers(); i++) {
      threads.add(new Thread(this::run, "history-" + i));
    }
  }

  /** Begins to write; to be called once. */
  public void start() {
    threads.forEach(Thread::start);
  }

  @Override
  public boolean offer(PackedChunk chunk, SeriesSet set, Outcome outcome) {
    return queue.offer(chunk, set, outcome);
  }

  @Override
  public void whenRoom(Runnable callback) {
    queue.whenRoom(callback);
  }

  /** Returns how it goes. Any thread. */
  public WriteCounts counts() {
    return tally.counts(queue.gauge());
  }

  WriteTally tally() {
    return tally;
  }

  /**
   * Takes nothing any more and writes what it has, at most until {@code deadline} has passed.
   *
   * @return how many chunks were left; nobody is told of them, their agents have them still
   */
  public int drain(Duration deadline) throws InterruptedException {
    draining = true;
    queue.close();
    long until = System.nanoTime() + deadline.toNanos();
    for (Thread thread : threads) {
      TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, until - System.nanoTime()));
    }
    stopNow.countDown();
    threads.forEach(Thread::interrupt);
    int left = queue.gauge().chunks();
    if (left > 0) {
      log.warn("Chunks were left unwritten: chunks={} bytes={}", left, queue.gauge().bytes());
    }
    return left;
  }

  private void run() {
    try {
      while (true) {
        List<PendingChunk> batch = queue.take(BATCH_CHUNKS, BATCH_BYTES, IDLE_MS);
        if (batch.isEmpty() && draining) {
          return;
        }
        if (!write(batch)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns false when there was no time left to write all of it. */
  private boolean write(List<PendingChunk> batch) throws InterruptedException {
    Set<PendingChunk> left = new LinkedHashSet<>();
    for (PendingChunk pending : batch) {
      Optional<String> against = reasonAgainst(pending);
      against.ifPresent(reason -> refuse(pending, reason));
      if (against.isEmpty()) {
        left.add(pending);
      }
    }
    var delay = new RetryDelay(random);
    while (!left.isEmpty()) {
      attempt(left);
      if (!left.isEmpty() && stopNow.await(delay.nextMs(), TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    queue.wakeThoseWhoWantRoom();
    return true;
  }

  private void attempt(Set<PendingChunk> left) {
    try {
      writer.write(
          List.copyOf(left),
          (pending, settlement) -> {
            left.remove(pending);
            settle(pending, settlement);
          });
      if (away.compareAndSet(true, false)) {
        log.info("The store took chunks again");
      }
    } catch (StoreUnavailable e) {
      storeFailed(e);
    } catch (RuntimeException e) {
      log.error("A batch failed in a way nobody foresaw: chunks={}", left.size(), e);
      tally.failures.increment();
    }
  }

  private void storeFailed(StoreUnavailable e) {
    tally.failures.increment();
    if (stopNow.getCount() > 0 && away.compareAndSet(false, true)) {
      log.warn("The store did not take chunks; they wait and are tried again", e);
    }
  }

  private Optional<String> reasonAgainst(PendingChunk pending) {
    return admission.reasonAgainst(pending.chunk(), pending.set(), clock.millis());
  }

  private void settle(PendingChunk pending, Settlement settlement) {
    Optional<String> refusal = settlement.refusal();
    if (refusal.isPresent()) {
      refuse(pending, refusal.orElseThrow());
      return;
    }
    switch (settlement) {
      case INSERTED -> tally.inserted.increment();
      case MERGED -> tally.merged.increment();
      default -> tally.repeated.increment();
    }
    queue.done(pending);
    tell(() -> pending.outcome().stored());
  }

  private void refuse(PendingChunk pending, String reason) {
    tally.refused(pending.chunk().id(), clock.millis(), reason);
    log.debug("Chunk refused: id={} reason={}", pending.chunk().id(), reason);
    queue.done(pending);
    tell(() -> pending.outcome().refused(reason));
  }

  private static void tell(Runnable outcome) {
    try {
      outcome.run();
    } catch (RuntimeException e) {
      log.error("Whoever waited for a chunk failed on its outcome", e);
    }
  }
}
