// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.agent.sample.Reading;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.Catalogue;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What happens to a spool, as chance has it: readings, answers of a worker, clocks that are set,
 * clean restarts. The same seed does the same. Remembers what was promised, and judges what is left
 * of it.
 */
final class SpoolLife {
  private static final SeriesSet ONE = Readings.set(Catalogue.LOAD_1M, Catalogue.UPTIME);
  private static final SeriesSet OTHER = Readings.set(Catalogue.PROCESS_COUNT);
  private static final long HOUR = 3_600_000;

  private final CrashingDirectory directory;
  private final SpoolLimits limits;
  private final boolean forceEach;
  private final SplittableRandom chance;
  private final List<Reading> added = new ArrayList<>();
  private final List<Reading> stored = new ArrayList<>();
  private final List<LostSamples> told = new ArrayList<>();
  private final List<Reading> synced = new ArrayList<>();
  private long nowMs = Readings.MINUTE;
  private long startMs;
  private long sequence;
  private Optional<Spool> spool = Optional.empty();

  SpoolLife(CrashingDirectory directory, SpoolLimits limits, boolean forceEach, long seed) {
    this.directory = directory;
    this.limits = limits;
    this.forceEach = forceEach;
    this.chance = new SplittableRandom(seed);
  }

  /** Lives on; ends early with a {@link CrashingDirectory.Crash}. */
  void live(int steps) throws Malformed {
    begin();
    for (int i = 0; i < steps; i++) {
      step(spool.orElseThrow());
    }
  }

  List<Reading> added() {
    return added;
  }

  /** What must be there although the machine ended. */
  List<Reading> synced() {
    return synced;
  }

  long nowMs() {
    return nowMs;
  }

  Spool spool() {
    return spool.orElseThrow();
  }

  /** Opens what is left; this life has ended. */
  Spool recover(CrashingDirectory left) {
    return open(left);
  }

  /** Those of {@code promised} that are neither in {@code left}, nor stored, nor in a gap. */
  List<Reading> missing(List<Reading> promised, Spool left) throws Malformed {
    List<Reading> there = new ArrayList<>(stored);
    there.addAll(left.openReadings());
    there.addAll(chunksOf(left));
    Map<Long, Reading> newest = new TreeMap<>();
    there.forEach(reading -> newest.merge(second(reading), reading, SpoolLife::newer));
    List<LostSamples> gaps = new ArrayList<>(told);
    gaps.addAll(gapsOf(left));
    List<Reading> missing = new ArrayList<>();
    for (Reading reading : promised) {
      Reading kept = newest.get(second(reading));
      boolean isKept = kept != null && newer(reading, kept) == kept;
      boolean isTold =
          gaps.stream()
              .anyMatch(
                  gap -> gap.fromMs() <= reading.takenAtMs() && reading.takenAtMs() < gap.toMs());
      if (!isKept && !isTold) {
        missing.add(reading);
      }
    }
    return missing;
  }

  /** All that a spool has, for comparing. */
  static List<Object> contents(Spool spool) throws Malformed {
    List<Object> contents = new ArrayList<>(spool.openReadings());
    contents.addAll(chunksOf(spool));
    contents.addAll(gapsOf(spool));
    return contents;
  }

  static List<LostSamples> gapsOf(Spool spool) {
    List<LostSamples> gaps = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    Optional<LostSamples> gap = spool.nextGap(seen);
    while (gap.isPresent()) {
      gaps.add(gap.get());
      seen.add(gap.get().id());
      gap = spool.nextGap(seen);
    }
    return gaps;
  }

  static List<Reading> chunksOf(Spool spool) throws Malformed {
    List<Reading> readings = new ArrayList<>();
    Optional<SealedChunk> next = spool.next(0);
    while (next.isPresent()) {
      readings.addAll(readingsOf(spool, next.get()));
      next = spool.next(next.get().number());
    }
    return readings;
  }

  private static List<Reading> readingsOf(Spool spool, SealedChunk sealed) throws Malformed {
    var packed = spool.load(sealed);
    var set = spool.setOf(sealed);
    if (packed.isEmpty() || set.isEmpty()) {
      return List.of();
    }
    Chunk chunk = ChunkCodec.unpack(packed.get(), set.get());
    List<Reading> readings = new ArrayList<>();
    for (int place = 0; place < Tier.PLACES; place++) {
      int here = place;
      chunk
          .sample(place)
          .ifPresent(
              sample -> readings.add(new Reading(chunk.set(), chunk.agentStart(here), sample)));
    }
    return readings;
  }

  private void begin() {
    spool = Optional.of(open(directory));
    startMs = spool.get().beginRun(nowMs);
    sequence = 0;
  }

  private Spool open(CrashingDirectory in) {
    return Spool.open(in, Readings.HOST, limits, forceEach, () -> Instant.ofEpochMilli(nowMs));
  }

  private void step(Spool current) throws Malformed {
    int what = chance.nextInt(40);
    if (what < 31) {
      nowMs += 1000L * (chance.nextInt(6) == 0 ? chance.nextInt(1, 40) : 1);
      read(current);
    } else if (what < 34) {
      current.sealEnded();
    } else if (what < 36) {
      answer(current);
    } else if (what == 36) {
      tellGap(current);
    } else if (what == 37) {
      nowMs += chance.nextLong(-2, 3) * HOUR * (chance.nextBoolean() ? 1 : 24);
      nowMs = Math.max(nowMs, Readings.MINUTE - 40L * 24 * HOUR);
      restart(current);
    } else if (what == 38) {
      nowMs += chance.nextLong(-90, 90) * 1000;
      restart(current);
    } else {
      restart(current);
    }
  }

  private void read(Spool current) {
    SeriesSet set = chance.nextInt(50) == 0 ? OTHER : ONE;
    long[] values = new long[set.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = chance.nextInt(1000);
    }
    var reading = new Reading(set, startMs, new Sample(nowMs, sequence, values));
    sequence++;
    current.add(reading);
    long open = Tier.SECOND.startOf(nowMs);
    added.add(reading);
    synced.clear();
    for (Reading earlier : added) {
      if (forceEach
          || earlier.agentStartMs() < startMs
          || Tier.SECOND.startOf(earlier.takenAtMs()) != open) {
        synced.add(earlier);
      }
    }
  }

  private void restart(Spool current) {
    current.close();
    begin();
  }

  private void answer(Spool current) throws Malformed {
    Optional<SealedChunk> next = current.next(0);
    if (next.isEmpty()) {
      return;
    }
    if (chance.nextInt(4) == 0) {
      current.refuse(next.get(), "time: too old");
    } else {
      stored.addAll(readingsOf(current, next.get()));
      current.acknowledge(next.get());
    }
  }

  private void tellGap(Spool current) {
    current
        .nextGap(Set.of())
        .ifPresent(
            gap -> {
              told.add(gap);
              current.acknowledge(gap);
            });
  }

  private static long second(Reading reading) {
    return reading.takenAtMs() / 1000;
  }

  private static Reading newer(Reading one, Reading other) {
    if (one.agentStartMs() != other.agentStartMs()) {
      return one.agentStartMs() > other.agentStartMs() ? one : other;
    }
    return one.sample().sequence() > other.sample().sequence() ? one : other;
  }

  /** As many minutes as a day has. */
  static SpoolLimits roomy() {
    return new SpoolLimits(64 << 20, Duration.ofDays(1));
  }

  /** So few that they are reached all the time. */
  static SpoolLimits tight() {
    return new SpoolLimits(6 * 4096, Duration.ofMinutes(4));
  }
}
