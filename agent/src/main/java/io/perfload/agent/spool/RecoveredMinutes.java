// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.agent.sample.Reading;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.LostSamples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the journals of earlier runs had, minute by minute, and what is missing of it. Confined to
 * one thread.
 */
final class RecoveredMinutes {
  private static final long STEP_MS = Tier.SECOND.stepMs();

  private final long nowMs;
  private final TreeMap<Long, Minute> minutes = new TreeMap<>();
  private final List<Loss> losses = new ArrayList<>();

  RecoveredMinutes(long nowMs) {
    this.nowMs = nowMs;
  }

  /** Takes what could be read of a journal. */
  void add(JournalName name, JournalCodec.Recovered journal) {
    var file = new Discard(name.fileName(), journal.damaged() > 0);
    if (journal.readings().isEmpty()) {
      minute(name.startMs()).files.add(new Discard(name.fileName(), true));
      if (!journal.foreign()) {
        unreadable(name.startMs());
      }
      return;
    }
    long latest = name.startMs();
    for (Reading reading : journal.readings()) {
      long startMs = Tier.SECOND.startOf(reading.takenAtMs());
      minute(startMs).readings.add(reading);
      latest = Math.max(latest, startMs);
    }
    minute(latest).files.add(file);
    journal.holes().forEach(hole -> hole(journal, hole));
    tail(journal);
  }

  /** Takes note of a journal of which nothing can be read. */
  void addUnreadable(JournalName name) {
    minute(name.startMs()).files.add(new Discard(name.fileName(), true));
    unreadable(name.startMs());
  }

  /** Minutes in their order; some may have files and no reading. */
  Map<Long, Minute> minutes() {
    return minutes;
  }

  /**
   * Tells what is missing, once all journals were added. A journal that could not be written on was
   * written anew: then the other has what is missing in the one.
   */
  void tellLosses(Gaps gaps) {
    Set<Long> seconds = new HashSet<>();
    for (Minute minute : minutes.values()) {
      minute.readings.forEach(reading -> seconds.add(secondOf(reading)));
    }
    for (Loss loss : losses) {
      if (!isCovered(loss, seconds)) {
        gaps.lost(loss.fromMs, loss.toMs, loss.samples, LostSamples.Reason.DAMAGED);
      }
    }
  }

  private Minute minute(long startMs) {
    return minutes.computeIfAbsent(startMs, start -> new Minute());
  }

  private void unreadable(long startMs) {
    long end = startMs + Tier.SECOND.spanMs();
    boolean goesOn = startMs < nowMs && nowMs < end;
    lose(startMs, goesOn ? nowMs : end, 0);
  }

  /** Numbers of samples tell how many are missing between two of the same run. */
  private void hole(JournalCodec.Recovered journal, int index) {
    if (index == journal.readings().size()) {
      return;
    }
    Reading next = journal.readings().get(index);
    if (index == 0) {
      lose(Tier.SECOND.startOf(next.takenAtMs()), secondOf(next), 0);
      return;
    }
    Reading last = journal.readings().get(index - 1);
    boolean sameRun = last.agentStartMs() == next.agentStartMs();
    long missing = sameRun ? next.sample().sequence() - last.sample().sequence() - 1 : 0;
    if (!sameRun || missing > 0) {
      lose(secondOf(last) + STEP_MS, secondOf(next), missing);
    }
  }

  /** Nobody can tell how many readings were in bytes that are no records. */
  private void tail(JournalCodec.Recovered journal) {
    int last = journal.readings().size() - 1;
    int records =
        journal.tailRecords() + (journal.holes().contains(journal.readings().size()) ? 1 : 0);
    if (records == 0) {
      return;
    }
    long from = secondOf(journal.readings().get(last)) + STEP_MS;
    long end = Tier.SECOND.startOf(from - STEP_MS) + Tier.SECOND.spanMs();
    lose(from, Math.min(end, from + records * spacing(journal.readings())), 0);
  }

  private static long spacing(List<Reading> readings) {
    int last = readings.size() - 1;
    long spacing = last < 1 ? 0 : secondOf(readings.get(last)) - secondOf(readings.get(last - 1));
    return Math.max(STEP_MS, spacing);
  }

  private void lose(long fromMs, long toMs, long samples) {
    if (fromMs < toMs) {
      losses.add(new Loss(fromMs, toMs, samples));
    }
  }

  private static boolean isCovered(Loss loss, Set<Long> seconds) {
    if (loss.toMs - loss.fromMs > Tier.SECOND.spanMs()) {
      return false;
    }
    for (long second = loss.fromMs; second < loss.toMs; second += STEP_MS) {
      if (!seconds.contains(second)) {
        return false;
      }
    }
    return true;
  }

  private static long secondOf(Reading reading) {
    return Math.floorDiv(reading.takenAtMs(), STEP_MS) * STEP_MS;
  }

  /** The readings of a minute, and the files that have them. */
  static final class Minute {
    private final List<Reading> readings = new ArrayList<>();
    private final List<Discard> files = new ArrayList<>();

    /** Each once, in the order of time. */
    List<Reading> readings() {
      return readings.stream()
          .distinct()
          .sorted(
              Comparator.comparingLong(Reading::takenAtMs).thenComparingLong(Reading::agentStartMs))
          .toList();
    }

    List<Discard> files() {
      return files;
    }
  }

  private record Loss(long fromMs, long toMs, long samples) {}
}
