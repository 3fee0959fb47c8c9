// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Remembers every reading that was made and what was promised about it, and judges what the store
 * has afterwards. Any thread, guarded by itself.
 */
public final class Oracle {
  private static final int EXAMPLES = 8;

  private final Map<Second, List<Made>> made = new HashMap<>();
  private final Map<HostId, Map<Long, LostSamples>> gaps = new HashMap<>();
  private final Set<Made> acknowledged = new HashSet<>();
  private final Map<Second, Made> stored = new HashMap<>();
  private final Map<HostId, NavigableMap<Made, Made>> mayBeTaken = new HashMap<>();
  private final List<String> examples = new ArrayList<>();
  private long madeCount;
  private long foreign;
  private long twice;

  /** An agent read this. */
  public synchronized void made(Made reading) {
    madeCount++;
    made.computeIfAbsent(secondOf(reading), unknown -> new ArrayList<>(1)).add(reading);
  }

  /** A worker acknowledged this. */
  public synchronized void acknowledged(Made reading) {
    acknowledged.add(reading);
  }

  /** A worker acknowledged that these are lost. */
  public synchronized void gap(HostId host, LostSamples lost) {
    gaps.computeIfAbsent(host, unknown -> new HashMap<>()).merge(lost.id(), lost, LostSamples::and);
  }

  /**
   * The fault may have taken this reading before it was in the agent's keeping. It counts as taken
   * only if it is missing and no later reading of the same run is there.
   */
  public synchronized void mayBeTaken(Made reading) {
    mayBeTaken.computeIfAbsent(reading.host(), unknown -> new TreeMap<>()).put(reading, reading);
  }

  /** The store has this. */
  public synchronized void stored(Made reading) {
    Made before = stored.put(secondOf(reading), reading);
    if (before != null) {
      twice++;
      example("stored twice: " + before + " and " + reading);
    }
  }

  /** A query showed something that is not as it was made. */
  public synchronized void shownWrong(String what) {
    twice++;
    example("shown wrong: " + what);
  }

  /** What a query has to show at a second; nothing where there is no reading. */
  public synchronized Map<String, Long> valuesAt(HostId host, long secondMs) {
    Made there = stored.get(new Second(host, secondMs));
    return there == null ? Map.of() : there.values();
  }

  /** Readings that neither a worker acknowledged, nor a gap covers, nor a fault may have taken. */
  public synchronized long unsettled() {
    long unsettled = 0;
    for (List<Made> readings : made.values()) {
      unsettled += isSettled(readings) ? 0 : 1;
    }
    return unsettled;
  }

  /** Judges. To be asked once, when all that is stored was told. */
  public synchronized Verdict judge() {
    stored.forEach(this::judgeStored);
    long superseded = 0;
    long inGaps = 0;
    long taken = 0;
    long lost = 0;
    long lostAcknowledged = 0;
    for (Map.Entry<Second, List<Made>> entry : made.entrySet()) {
      Made there = stored.get(entry.getKey());
      for (Made reading : entry.getValue()) {
        if (there != null && there.compareTo(reading) >= 0) {
          superseded += there.isSameAs(reading) ? 0 : 1;
        } else if (acknowledged.contains(reading)) {
          lostAcknowledged++;
          example("acknowledged and missing: " + reading);
        } else if (isInGap(reading)) {
          inGaps++;
        } else if (isTaken(reading)) {
          taken++;
        } else {
          lost++;
          example("missing: " + reading);
        }
      }
    }
    return new Verdict(
        madeCount,
        acknowledged.size(),
        stored.size(),
        superseded,
        gaps.values().stream().mapToLong(Map::size).sum(),
        inGaps,
        taken,
        lost + lostAcknowledged,
        lostAcknowledged,
        foreign,
        twice,
        examples);
  }

  private boolean isSettled(List<Made> readings) {
    for (Made reading : readings) {
      if (acknowledged.contains(reading) || isInGap(reading) || mayBe(reading)) {
        return true;
      }
    }
    return false;
  }

  private void judgeStored(Second second, Made there) {
    boolean known = false;
    for (Made reading : made.getOrDefault(second, List.of())) {
      known |= reading.isSameAs(there) && reading.values().equals(there.values());
    }
    if (!known) {
      foreign++;
      example("nobody made: " + there + " " + there.values());
    }
  }

  private boolean isInGap(Made reading) {
    for (LostSamples lost : gaps.getOrDefault(reading.host(), Map.of()).values()) {
      if (reading.takenAtMs() >= lost.fromMs() && reading.takenAtMs() < lost.toMs()) {
        return true;
      }
    }
    return false;
  }

  private boolean mayBe(Made reading) {
    return marked(reading.host()).containsKey(reading);
  }

  private NavigableMap<Made, Made> marked(HostId host) {
    return mayBeTaken.getOrDefault(host, new TreeMap<>());
  }

  /** What was on its way is the end of its run: if a later reading is there, so had this to be. */
  private boolean isTaken(Made reading) {
    if (!mayBe(reading)) {
      return false;
    }
    for (Made later : marked(reading.host()).tailMap(reading, false).keySet()) {
      if (later.agentStartMs() != reading.agentStartMs()) {
        return true;
      }
      Made there = stored.get(secondOf(later));
      if (there != null && there.isSameAs(later)) {
        return false;
      }
    }
    return true;
  }

  private void example(String text) {
    if (examples.size() < EXAMPLES) {
      examples.add(text);
    }
  }

  private static Second secondOf(Made reading) {
    return new Second(reading.host(), reading.second());
  }

  /** A second of a host. */
  private record Second(HostId host, long startMs) {}
}
