// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was said between the agent of one host and the workers, over all its connections; tells the
 * oracle what was acknowledged. Any thread, guarded by itself.
 */
final class Ledger {
  private final HostId host;
  private final Oracle oracle;
  private final Set<String> sent = new HashSet<>();
  private final List<String> refusals = new ArrayList<>();
  private final List<String> garbled = new ArrayList<>();
  private int duplicates;

  Ledger(HostId host, Oracle oracle) {
    this.host = host;
    this.oracle = oracle;
  }

  synchronized void sent(PackedChunk chunk) {
    if (!sent.add(chunk.id() + " " + java.util.Arrays.hashCode(chunk.bytes()))) {
      duplicates++;
    }
  }

  synchronized void refused(String reason) {
    refusals.add(reason);
  }

  synchronized void garbled(String what) {
    garbled.add(what);
  }

  synchronized void acknowledged(LostSamples gap) {
    oracle.gap(host, gap);
  }

  synchronized void acknowledged(Chunk chunk) {
    readings(chunk).forEach(oracle::acknowledged);
  }

  /** Chunks that were sent more than once. */
  synchronized int duplicates() {
    return duplicates;
  }

  /** What workers refused, and what made no sense. */
  synchronized List<String> complaints() {
    List<String> all = new ArrayList<>();
    refusals.forEach(reason -> all.add("refused: " + reason));
    garbled.forEach(what -> all.add("garbled: " + what));
    return all;
  }

  /** The readings of a chunk. */
  static List<Made> readings(Chunk chunk) {
    List<Made> readings = new ArrayList<>();
    for (int place = 0; place < Tier.PLACES; place++) {
      if (chunk.has(place)) {
        readings.add(
            new Made(
                chunk.id().host(),
                chunk.agentStart(place),
                chunk.sequence(place),
                chunk.id().startMs() + place * Tier.SECOND.stepMs(),
                values(chunk, place)));
      }
    }
    return readings;
  }

  private static Map<String, Long> values(Chunk chunk, int place) {
    Map<String, Long> values = new HashMap<>();
    for (int column = 0; column < chunk.set().size(); column++) {
      if (chunk.value(column, place) != Sample.ABSENT) {
        values.put(chunk.set().series().get(column).key(), chunk.value(column, place));
      }
    }
    return values;
  }
}
