// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.sample;

import io.perfload.agent.probe.Columns;
import io.perfload.agent.probe.Probes;
import io.perfload.common.model.Sample;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Reads the machine each time the clock reaches a multiple of the interval. A tick that was missed,
 * because the machine slept or had no time for us, has no sample. Runs on the thread that calls
 * {@link #run}; {@link #stop} may come from any.
 */
public final class Sampler {
  /** Rates over less than this would be coarse: processor time is counted in hundredths. */
  private static final long WARM_UP_MS = 250;

  /** A clock so far ahead of the wall clock is not followed any longer. */
  private static final long MAX_AHEAD_MS = Duration.ofHours(1).toMillis();

  private final Probes probes;
  private final HostClock clock;
  private final LongSupplier nanoTime;
  private final long intervalMs;
  private final Pause pause;
  private volatile boolean stopping;

  /**
   * Prepares a sampler.
   *
   * @param nanoTime for rates: a clock that never goes back and is never set
   * @param interval whole seconds
   */
  public Sampler(
      Probes probes, HostClock clock, LongSupplier nanoTime, Duration interval, Pause pause) {
    this.probes = probes;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.intervalMs = interval.toMillis();
    this.pause = pause;
  }

  /**
   * Samples until it is stopped or the wall clock was set back by more than an hour.
   *
   * @param agentStartMs when this run of the agent began
   * @param firstSequence the number of the first sample
   * @param sink takes each reading; must not block
   */
  public End run(long agentStartMs, long firstSequence, Consumer<Reading> sink) {
    probes.read(nanoTime.getAsLong()).take();
    long sequence = firstSequence;
    long next = tickAfter(clock.millis() + WARM_UP_MS);
    while (!stopping) {
      long now = clock.millis();
      if (now < next) {
        pause.forMillis(next - now);
        continue;
      }
      if (clock.aheadMs() > MAX_AHEAD_MS) {
        return End.CLOCK_SET_BACK;
      }
      Columns columns = probes.read(nanoTime.getAsLong());
      long[] values = columns.take();
      sink.accept(new Reading(columns.set(), agentStartMs, new Sample(now, sequence, values)));
      sequence++;
      next = tickAfter(now);
    }
    return End.STOPPED;
  }

  /** Makes {@link #run} return soon. */
  public void stop() {
    stopping = true;
    pause.end();
  }

  /** Whether {@link #stop} was called. */
  public boolean isStopping() {
    return stopping;
  }

  private long tickAfter(long timeMs) {
    return (Math.floorDiv(timeMs, intervalMs) + 1) * intervalMs;
  }

  /** Why sampling ended. */
  public enum End {
    STOPPED,
    CLOCK_SET_BACK
  }

  /** Lets time pass. */
  public interface Pause {
    /** Returns after about {@code millis}; may return earlier. */
    void forMillis(long millis);

    /** Makes a pause that goes on, or else the next one, return at once. Any thread. */
    void end();

    /** Pauses the thread that calls this method. */
    static Pause ofThisThread() {
      Thread thread = Thread.currentThread();
      return new Pause() {
        @Override
        public void forMillis(long millis) {
          LockSupport.parkNanos(this, millis * 1_000_000);
        }

        @Override
        public void end() {
          LockSupport.unpark(thread);
        }
      };
    }
  }
}
