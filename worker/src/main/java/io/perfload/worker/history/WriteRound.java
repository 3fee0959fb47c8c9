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
  private static final int BATCH = 400;
  private static final long BATCH_BYTES = 2L << 20;
  private static final int MAX_FAILURES = 5;

  /** How long a round without work may rest, and no longer: see {@link #step}. */
  private static final long IDLE_MS = 200;

  private final WriteQueue queue;
  private final Admission admission;
  private final BatchWriter chunkWriter;
  private final GapWriter gapWriter;
  private final InstantSource clock;
  private final RetryDelay delay;
  private final WriteTally tally;
  private final StoreNews news;
  private final Set<Pending> left = new LinkedHashSet<>();
  private boolean answered;
  private boolean oneByOne;

  WriteRound(
      WriteQueue queue,
      Admission admission,
      BatchWriter chunkWriter,
      GapWriter gapWriter,
      InstantSource clock,
      RetryDelay delay,
      WriteTally tally,
      StoreNews news) {
    this.queue = queue;
    this.admission = admission;
    this.chunkWriter = chunkWriter;
    this.gapWriter = gapWriter;
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
    boolean took = isReadyForMore() && take();
    if (left.isEmpty()) {
      return took ? 0 : IDLE_MS;
    }
    int before = left.size();
    attempt();
    boolean gotOn = left.size() < before;
    oneByOne &= !left.isEmpty();
    if (gotOn) {
      delay.reset();
      queue.wakeThoseWhoWantRoom();
    }
    return left.isEmpty() || (gotOn && oneByOne) ? 0 : delay.nextMs();
  }

  /** Whether it has no batch in hand. */
  public boolean isIdle() {
    return left.isEmpty();
  }

  /** What the store did not take although it answered keeps nobody else waiting. */
  private boolean isReadyForMore() {
    return left.isEmpty() || (answered && !oneByOne && left.size() < BATCH);
  }

  /** Returns false if there was nothing to take. */
  private boolean take() {
    List<Pending> batch = queue.take(BATCH - left.size(), BATCH_BYTES);
    for (Pending pending : batch) {
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
    List<Pending> tried = oneByOne ? List.of(left.iterator().next()) : List.copyOf(left);
    answered = true;
    try {
      write(tried);
      news.answered();
      putLast(tried);
    } catch (StoreUnavailable e) {
      answered = false;
      tally.failures.increment();
      news.failed(e);
    } catch (RuntimeException e) {
      tally.failures.increment();
      failed(tried, e);
    }
  }

  private void write(List<Pending> tried) throws StoreUnavailable {
    List<PendingChunk> chunks = only(PendingChunk.class, tried);
    if (!chunks.isEmpty()) {
      chunkWriter.write(
          chunks,
          (pending, settlement) -> {
            left.remove(pending);
            settle(pending, settlement);
          });
    }
    List<PendingGap> gaps = only(PendingGap.class, tried);
    if (!gaps.isEmpty()) {
      gapWriter.write(
          gaps,
          pending -> {
            left.remove(pending);
            tally.gaps.increment();
            stored(pending);
          });
    }
  }

  /**
   * The store answers, but something among what was tried is more than it, or we, can handle. One
   * by one all others get through; what fails again and again by itself is refused, since it would
   * be in the way for ever.
   */
  private void failed(List<Pending> tried, RuntimeException cause) {
    if (tried.size() > 1) {
      oneByOne = true;
      log.error("A batch failed in a way nobody foresaw: size={}", tried.size(), cause);
      return;
    }
    Pending alone = tried.get(0);
    if (++alone.failures < MAX_FAILURES) {
      putLast(tried);
      return;
    }
    log.error("What can never be stored was refused", cause);
    refuse(alone, "failed: it could not be stored " + MAX_FAILURES + " times");
  }

  private void putLast(List<Pending> tried) {
    for (Pending pending : tried) {
      if (left.remove(pending)) {
        left.add(pending);
      }
    }
  }

  private Optional<String> reasonAgainst(Pending pending) {
    return pending instanceof PendingChunk chunk
        ? admission.reasonAgainst(chunk.chunk(), chunk.set(), chunk.arrival())
        : admission.reasonAgainst(((PendingGap) pending).lost(), pending.arrival());
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
    stored(pending);
  }

  private void stored(Pending pending) {
    queue.done(pending);
    tell(() -> pending.outcome().stored());
  }

  private void refuse(Pending pending, String reason) {
    left.remove(pending);
    if (pending instanceof PendingChunk chunk) {
      tally.refused(chunk.chunk().id(), clock.millis(), reason);
      log.debug("Chunk refused: id={} reason={}", chunk.chunk().id(), reason);
    } else {
      tally.refusedGap(reason);
    }
    queue.done(pending);
    tell(() -> pending.outcome().refused(reason));
  }

  private static <T extends Pending> List<T> only(Class<T> kind, List<Pending> all) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static void tell(Runnable outcome) {
    try {
      outcome.run();
    } catch (RuntimeException e) {
      log.error("Whoever waited for a chunk failed on its outcome", e);
    }
  }
}
