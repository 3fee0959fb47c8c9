// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.perfload.common.chunk.Tier;
import io.perfload.common.model.HostId;
import java.util.Map;

/**
 * One reading of one host, as it was made or as it was found again.
 *
 * @param agentStartMs when the run of the agent began that made it
 * @param sequence its number in that run
 * @param takenAtMs as it was made; the beginning of its second where it was found again
 * @param values by the keys of their series, without those that had none
 */
public record Made(
    HostId host, long agentStartMs, long sequence, long takenAtMs, Map<String, Long> values)
    implements Comparable<Made> {
  public Made {
    values = Map.copyOf(values);
  }

  /** When the second began that it is the reading of. */
  public long second() {
    return Math.floorDiv(takenAtMs, Tier.SECOND.stepMs()) * Tier.SECOND.stepMs();
  }

  /** Whether both are the same reading, whatever they say. */
  public boolean isSameAs(Made other) {
    return agentStartMs == other.agentStartMs && sequence == other.sequence;
  }

  /** Of two readings of a second the greater one is kept. */
  @Override
  public int compareTo(Made other) {
    int byRun = Long.compare(agentStartMs, other.agentStartMs);
    return byRun != 0 ? byRun : Long.compare(sequence, other.sequence);
  }

  /** Equal as readings are, see {@link #isSameAs}; of the same host. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Made made && host.equals(made.host) && isSameAs(made);
  }

  @Override
  public int hashCode() {
    return host.hashCode() * 31 + Long.hashCode(agentStartMs) * 7 + Long.hashCode(sequence);
  }

  @Override
  public String toString() {
    return host + " run " + agentStartMs + " #" + sequence + " at " + takenAtMs;
  }
}
