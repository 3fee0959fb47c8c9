// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.HostId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes expired chunks where the server does not do it by itself, by ids only: no index is needed
 * and nothing is scanned. A chunk arrives at most {@code keep} after its minute and stays {@code
 * keep} from then, so every minute is visited twice, {@code keep} and twice {@code keep} after it.
 * Workers share the time line by claims; each stretch is visited by one of them. One thread, {@code
 * expiry}.
 */
public final class ExpirySweep {
  private static final Logger log = LoggerFactory.getLogger(ExpirySweep.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration MARGIN = Duration.ofMinutes(5);

  /** How much later what came from a host with another clock may have come, and may expire. */
  private static final long OTHER_CLOCK = Admission.MAX_AHEAD.toMillis();

  private static final int MINUTES_A_CLAIM = 10;
  private static final int CLAIMS_A_PASS = 30;

  private final ChunkStore chunks;
  private final Supplier<Collection<HostId>> hosts;
  private final long keepMs;
  private final InstantSource clock;
  private final WriteTally tally;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "expiry");

  /**
   * @param hosts every host there may be chunks of
   */
  public ExpirySweep(
      ChunkStore chunks,
      Supplier<Collection<HostId>> hosts,
      Duration keep,
      InstantSource clock,
      HistoryWriter countsIn) {
    this.chunks = chunks;
    this.hosts = hosts;
    this.keepMs = keep.toMillis();
    this.clock = clock;
    this.tally = countsIn.tally();
  }

  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends within a call to the store; what is under way is finished. */
  public void stop() {
    stop.countDown();
  }

  private void run() {
    try {
      while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        pass();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass() {
    try {
      for (int claim = 0; claim < CLAIMS_A_PASS && stop.getCount() > 0; claim++) {
        if (!sweepNext()) {
          return;
        }
      }
    } catch (StoreUnavailable e) {
      log.debug("Expired chunks wait for the store", e);
    } catch (RuntimeException e) {
      log.error("Deleting expired chunks failed in a way nobody foresaw", e);
    }
  }

  /** Returns false when there is nothing to do now. */
  boolean sweepNext() throws StoreUnavailable {
    long end = Tier.SECOND.startOf(clock.millis() - keepMs - MARGIN.toMillis());
    OptionalLong mark = chunks.sweptUntil();
    if (mark.isEmpty()) {
      chunks.claimSweep(mark, end);
      return false;
    }
    long from = mark.getAsLong();
    long to = Math.min(end, from + MINUTES_A_CLAIM * Tier.SECOND.spanMs());
    if (to <= from) {
      return false;
    }
    if (chunks.claimSweep(mark, to)) {
      delete(from, to);
      delete(from - keepMs, to - keepMs);
      delete(from - keepMs - OTHER_CLOCK, to - keepMs - OTHER_CLOCK);
    }
    return true;
  }

  private void delete(long fromMs, long toMs) throws StoreUnavailable {
    List<ChunkId> ids = new ArrayList<>();
    long span = Tier.SECOND.spanMs();
    for (HostId host : hosts.get()) {
      for (long start = Math.max(0, Tier.SECOND.startOf(fromMs)); start < toMs; start += span) {
        ids.add(new ChunkId(host, Tier.SECOND, start));
        if (ids.size() == ChunkStore.MAX_BATCH) {
          tally.swept.add(chunks.deleteExpired(ids, clock.millis()));
          ids.clear();
        }
      }
    }
    if (!ids.isEmpty()) {
      tally.swept.add(chunks.deleteExpired(ids, clock.millis()));
    }
  }
}
