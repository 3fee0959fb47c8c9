// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One writer's work, step by step: takes a batch, refuses what can never be stored, and tries to
 * store the rest until the store has acknowledged all of it. Confined to one thread at a time; a
 * step waits for the store and for nothing else.
 */
public final class WriteRound {
  private static final Logger log = LoggerFactory.getLogger(WriteRound.class);
  private static final int BATCH_CHUNKS = 400;
  private static final long BATCH_BYTES = 2L << 20;

  /** How long a round without work may rest, and no longer: see {@link #step}. */
  private static final long IDLE_MS = 200;

  private final WriteQueue queue;
  private final Admission admission;
  private final BatchWriter writer;
  private final InstantSource clock;
  private final RetryDelay delay;
  private final WriteTally tally;
  private final StoreNews news;
  private final Set<PendingChunk> left = new LinkedHashSet<>();

  WriteRound(
      WriteQueue queue,
      Admission admission,
      BatchWriter writer,
      InstantSource clock,
      RetryDelay delay,
      WriteTally tally,
      StoreNews news) {
    this.queue = queue;
    this.admission = admission;
    this.writer = writer;
    this.clock = clock;
    this.delay = delay;
    this.tally = tally;
    this.news = news;
  }

  /**
   * Goes on with the batch it has, or else with a new one: tries once to store it.
   *
   * @return how many milliseconds to wait before the next step. With a batch in hand that is the
   *     pause before it is tried again; {@linkplain #isIdle without one} the next step may come
   *     sooner, as soon as something was offered
   */
  public long step() {
    if (left.isEmpty() && !takeBatch()) {
      return IDLE_MS;
    }
    if (!left.isEmpty()) {
      attempt();
    }
    if (!left.isEmpty()) {
      return delay.nextMs();
    }
    delay.reset();
    queue.wakeThoseWhoWantRoom();
    return 0;
  }

  /** Whether it has no batch in hand. */
  public boolean isIdle() {
    return left.isEmpty();
  }

  /** Returns false if there was nothing to take. */
  private boolean takeBatch() {
    List<PendingChunk> batch = queue.take(BATCH_CHUNKS, BATCH_BYTES);
    for (PendingChunk pending : batch) {
      Optional<String> against = reasonAgainst(pending);
      if (against.isPresent()) {
        refuse(pending, against.orElseThrow());
      } else {
        left.add(pending);
      }
    }
    return !batch.isEmpty();
  }

  private void attempt() {
    try {
      writer.write(
          List.copyOf(left),
          (pending, settlement) -> {
            left.remove(pending);
            settle(pending, settlement);
          });
      news.answered();
    } catch (StoreUnavailable e) {
      tally.failures.increment();
      news.failed(e);
    } catch (RuntimeException e) {
      tally.failures.increment();
      log.error("A batch failed in a way nobody foresaw: chunks={}", left.size(), e);
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
