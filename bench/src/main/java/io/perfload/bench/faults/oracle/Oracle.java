// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.oracle;

import io.perfload.bench.faults.oracle.Made.Duty;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers every sample made and what was promised of it, and judges when everything is over. A
 * sample is owed from the moment its promise was made: what a process had not written, or a machine
 * not synced, when it ended is excused. Confined to one thread.
 */
public final class Oracle {
  private static final int MAX_DETAILS = 20;

  private final Map<HostId, Map<Long, List<Made>>> hosts = new LinkedHashMap<>();
  private final Set<HostId> closed = new HashSet<>();
  private final Map<Failure, Long> failures = new EnumMap<>(Failure.class);
  private final List<String> details = new ArrayList<>();
  private long made;
  private long acknowledged;
  private long stored;
  private long superseded;
  private long excused;
  private long inGaps;

  /** An agent took a sample. */
  public void made(HostId host, long agentStartMs, Sample sample, SeriesSet set) {
    made++;
    var one = new Made(agentStartMs, sample.sequence(), sample.takenAtMs(), set, sample.scaled());
    if (closed.contains(host)) {
      one.endure(Duty.DURABLE);
    }
    seconds(host)
        .computeIfAbsent(second(sample.takenAtMs()), unknown -> new ArrayList<>(1))
        .add(one);
  }

  /** From now on the sample must survive the end of the agent's process. */
  public void kept(HostId host, long agentStartMs, Sample sample) {
    find(host, sample.takenAtMs(), agentStartMs, sample.sequence())
        .ifPresent(one -> one.promise(Duty.KEPT));
  }

  /** From now on the sample must survive the end of the agent's machine. */
  public void durable(HostId host, long agentStartMs, Sample sample) {
    find(host, sample.takenAtMs(), agentStartMs, sample.sequence())
        .ifPresent(one -> one.promise(Duty.DURABLE));
  }

  /**
   * All samples of the host that were kept are durable by now, but those of the minute that goes
   * on.
   */
  public void durableBut(HostId host, Optional<Long> minuteStartMs) {
    for (List<Made> second : seconds(host).values()) {
      for (Made one : second) {
        long minute = Tier.SECOND.startOf(one.takenAtMs);
        if (one.duty() == Duty.KEPT && minuteStartMs.filter(open -> open == minute).isEmpty()) {
          one.promise(Duty.DURABLE);
        }
      }
    }
  }

  /** The agent's process ended, without warning. */
  public void processEnded(HostId host) {
    seconds(host).values().forEach(second -> second.forEach(one -> one.endure(Duty.KEPT)));
  }

  /** The agent's machine ended, without warning. */
  public void machineEnded(HostId host) {
    seconds(host).values().forEach(second -> second.forEach(one -> one.endure(Duty.DURABLE)));
  }

  /** An agent was told that a chunk is stored. */
  public void acknowledged(Chunk chunk) {
    for (int place = 0; place < Tier.PLACES; place++) {
      if (chunk.has(place)) {
        find(
                chunk.id().host(),
                chunk.id().startMs() + place * chunk.id().tier().stepMs(),
                chunk.agentStart(place),
                chunk.sequence(place))
            .ifPresent(this::acknowledge);
      }
    }
  }

  /** Something went wrong that the store does not show. */
  public void fail(Failure failure, String detail) {
    failures.merge(failure, 1L, Long::sum);
    if (details.size() < MAX_DETAILS) {
      details.add(failure.label() + ": " + detail);
    }
  }

  /** What this host makes from now on may be lost: nobody waits for it any more. */
  public void close(HostId host) {
    closed.add(host);
  }

  /** Judges all samples made so far. */
  public Verdict judge(History history) {
    hosts.keySet().forEach(host -> judge(host, history));
    return new Verdict(made, acknowledged, stored, superseded, excused, inGaps, failures, details);
  }

  private void judge(HostId host, History history) {
    Map<Long, Chunk> minutes = new HashMap<>();
    for (Chunk chunk : history.chunks(host)) {
      minutes.put(chunk.id().startMs(), chunk);
      judgeStored(chunk);
    }
    List<LostSamples> gaps = history.gaps(host);
    for (List<Made> second : seconds(host).values()) {
      for (Made one : second) {
        long minute = Tier.SECOND.startOf(one.takenAtMs);
        Optional<Chunk> chunk = Optional.ofNullable(minutes.get(minute));
        judgeMade(host, one, chunk, gaps);
      }
    }
  }

  private static boolean isAcknowledged(Made one) {
    return one.duty() == Duty.ACKNOWLEDGED;
  }

  /** Nothing may be stored that nobody made. */
  private void judgeStored(Chunk chunk) {
    for (int place = 0; place < Tier.PLACES; place++) {
      if (!chunk.has(place)) {
        continue;
      }
      stored++;
      long atMs = chunk.id().startMs() + place * chunk.id().tier().stepMs();
      Optional<Made> origin =
          find(chunk.id().host(), atMs, chunk.agentStart(place), chunk.sequence(place));
      if (origin.isEmpty() || !hasValues(chunk, place, origin.get())) {
        fail(
            Failure.INVENTED,
            chunk.id()
                + " at "
                + atMs
                + " start="
                + chunk.agentStart(place)
                + " sequence="
                + chunk.sequence(place));
      }
    }
  }

  private static boolean hasValues(Chunk chunk, int place, Made made) {
    int found = 0;
    for (int column = 0; column < chunk.set().size(); column++) {
      int index = made.set.indexOf(chunk.set().series().get(column));
      long expected = index < 0 ? Sample.ABSENT : made.scaled[index];
      found += index < 0 ? 0 : 1;
      if (chunk.value(column, place) != expected) {
        return false;
      }
    }
    return found == made.set.size();
  }

  private void judgeMade(HostId host, Made one, Optional<Chunk> chunk, List<LostSamples> gaps) {
    int place = Tier.SECOND.placeOf(one.takenAtMs);
    if (chunk.isPresent()
        && chunk.get().has(place)
        && one.isKeptBy(chunk.get().agentStart(place), chunk.get().sequence(place))) {
      boolean same =
          chunk.get().agentStart(place) == one.agentStartMs
              && chunk.get().sequence(place) == one.sequence;
      superseded += same ? 0 : 1;
      return;
    }
    if (isAcknowledged(one)) {
      fail(Failure.ACKNOWLEDGED_LOST, describe(host, one));
    } else if (isTold(one, gaps)) {
      inGaps++;
    } else if (one.duty() == Duty.EXCUSED) {
      excused++;
    } else {
      fail(Failure.LOST, describe(host, one));
    }
  }

  private static boolean isTold(Made one, List<LostSamples> gaps) {
    return gaps.stream()
        .anyMatch(gap -> gap.fromMs() <= one.takenAtMs && one.takenAtMs < gap.toMs());
  }

  private static String describe(HostId host, Made one) {
    return host
        + " at "
        + one.takenAtMs
        + " start="
        + one.agentStartMs
        + " sequence="
        + one.sequence
        + " duty="
        + one.duty();
  }

  private void acknowledge(Made one) {
    if (one.duty() != Duty.ACKNOWLEDGED) {
      acknowledged++;
      one.promise(Duty.ACKNOWLEDGED);
    }
  }

  private Optional<Made> find(HostId host, long takenAtMs, long agentStartMs, long sequence) {
    for (Made one : seconds(host).getOrDefault(second(takenAtMs), List.of())) {
      if (one.agentStartMs == agentStartMs && one.sequence == sequence) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  private Map<Long, List<Made>> seconds(HostId host) {
    return hosts.computeIfAbsent(host, unknown -> new LinkedHashMap<>());
  }

  private static long second(long timeMs) {
    return Math.floorDiv(timeMs, Tier.SECOND.stepMs());
  }
}
