// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.perfload.bench.faults.oracle.Failure;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Many runs, one seed each; all their seeds follow from the first. */
public final class Campaign {
  private final long firstSeed;
  private final long runs;
  private final Plant plant;
  private final boolean stopAtFailure;
  private final AtomicLong next = new AtomicLong();
  private final Totals totals = new Totals();

  /**
   * Plans a campaign.
   *
   * @param stopAtFailure whether one failure is enough
   */
  public Campaign(long firstSeed, long runs, Plant plant, boolean stopAtFailure) {
    this.firstSeed = firstSeed;
    this.runs = runs;
    this.plant = plant;
    this.stopAtFailure = stopAtFailure;
  }

  /** The seed of the run of that number; that of number 0 is the first seed itself. */
  static long seed(long firstSeed, long number) {
    return number == 0 ? firstSeed : new SplittableRandom(firstSeed + number).nextLong() >>> 1;
  }

  /** Runs it with so many threads. */
  public Totals run(int threads) throws InterruptedException {
    Thread[] all = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      all[i] = new Thread(this::work, "simulation-" + i);
      all[i].start();
    }
    for (Thread thread : all) {
      thread.join();
    }
    return totals;
  }

  private void work() {
    long number = next.getAndIncrement();
    while (number < runs && !(stopAtFailure && totals.firstFailure().isPresent())) {
      long seed = seed(firstSeed, number);
      try {
        totals.add(number, SimulatedRun.run(seed, plant, Optional.empty()));
      } catch (IllegalStateException e) {
        totals.broke(number, seed, e);
      }
      number = next.getAndIncrement();
    }
  }

  /** What all runs came to. Any thread. */
  public static final class Totals {
    private final Map<Mishap, Long> mishaps = new EnumMap<>(Mishap.class);
    private final Map<Failure, Long> failures = new EnumMap<>(Failure.class);
    private final Map<String, Long> sums = new TreeMap<>();
    private Optional<RunResult> firstFailure = Optional.empty();
    private Optional<RuntimeException> firstBreak = Optional.empty();
    private long firstFailureNumber = Long.MAX_VALUE;
    private long firstFailureSeed;
    private long failed;
    private long runs;
    private long traceHash;

    synchronized void add(long number, RunResult result) {
      runs++;
      traceHash += result.traceHash() * (2 * number + 1);
      result.mishaps().forEach((kind, count) -> mishaps.merge(kind, count, Long::sum));
      result.verdict().failures().forEach((kind, count) -> failures.merge(kind, count, Long::sum));
      sum("virtual minutes", result.virtualMs() / 60_000);
      sum("events", result.events());
      sum("samples made", result.verdict().made());
      sum("samples acknowledged", result.verdict().acknowledged());
      sum("samples stored", result.verdict().stored());
      sum("superseded by a newer reading", result.verdict().superseded());
      sum("lost before anything was promised", result.verdict().excused());
      sum("told by a gap", result.verdict().inGaps());
      Sightings seen = result.sightings();
      sum("connections", seen.connections);
      sum("chunks sent", seen.chunksSent);
      sum("chunks sent again", seen.duplicatesSent);
      sum("gaps sent", seen.gapsSent);
      sum("store calls that failed", seen.storeRetries);
      sum("merges", seen.merges);
      sum("merges lost to another writer and done again", seen.races);
      sum("processes started again", seen.restarts);
      if (!result.verdict().isFine()) {
        failed++;
        if (number < firstFailureNumber) {
          firstFailureNumber = number;
          firstFailureSeed = result.seed();
          firstFailure = Optional.of(result);
          firstBreak = Optional.empty();
        }
      }
    }

    synchronized void broke(long number, long seed, RuntimeException cause) {
      runs++;
      failed++;
      if (number < firstFailureNumber) {
        firstFailureNumber = number;
        firstFailureSeed = seed;
        firstBreak = Optional.of(cause);
        firstFailure = Optional.empty();
      }
    }

    private void sum(String what, long more) {
      sums.merge(what, more, Long::sum);
    }

    public synchronized Map<Mishap, Long> mishaps() {
      return new EnumMap<>(mishaps);
    }

    public synchronized Map<Failure, Long> failures() {
      return new EnumMap<>(failures);
    }

    /** Everything counted, by what it is. */
    public synchronized Map<String, Long> sums() {
      return new TreeMap<>(sums);
    }

    public synchronized long runs() {
      return runs;
    }

    /** Runs in which anything went wrong. */
    public synchronized long failed() {
      return failed;
    }

    /** How many runs it took to find a failure, and its seed. */
    public synchronized Optional<FirstFailure> firstFailure() {
      return failed == 0
          ? Optional.empty()
          : Optional.of(
              new FirstFailure(
                  firstFailureNumber + 1,
                  firstFailureSeed,
                  firstBreak
                      .map(Throwable::toString)
                      .or(
                          () ->
                              firstFailure.flatMap(
                                  result -> result.verdict().details().stream().findFirst()))
                      .orElse("")));
    }

    /** Why a run broke rather than failed, if the first failure is of that kind. */
    public synchronized Optional<RuntimeException> firstBreak() {
      return firstBreak;
    }

    /** The same for the same runs. */
    public synchronized long traceHash() {
      return traceHash;
    }
  }

  /**
   * The first failure of a campaign.
   *
   * @param run its number, from 1
   */
  public record FirstFailure(long run, long seed, String sentence) {}
}
