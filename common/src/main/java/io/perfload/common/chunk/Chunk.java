// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.chunk;

import static java.util.Objects.requireNonNull;

import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sixty places of one host, column by column, unpacked. Every place that has a reading knows which
 * run of the agent made it and which sample of that run it was, so that two chunks of the same
 * minute can be made one. The arrays are not copied: nobody changes them after the chunk was made.
 */
public final class Chunk {
  private final ChunkId id;
  private final SeriesSet set;
  private final long[] agentStarts;
  private final long[] sequences;
  private final long[][] columns;

  /**
   * Takes over the arrays.
   *
   * @param agentStarts a place each: when the run of the agent began that read it; {@link
   *     Sample#ABSENT} for a place without a reading
   * @param sequences a place each: the sample's number in that run; {@link Sample#ABSENT} likewise
   * @param columns a column a series, a scaled value a place; {@link Sample#ABSENT} where there is
   *     none
   */
  public Chunk(ChunkId id, SeriesSet set, long[] agentStarts, long[] sequences, long[][] columns) {
    this.id = requireNonNull(id, "id");
    this.set = requireNonNull(set, "set");
    if (columns.length != set.size()) {
      throw new IllegalArgumentException(
          "columns: " + columns.length + " (expected: " + set.size() + ")");
    }
    this.agentStarts = agentStarts;
    this.sequences = sequences;
    this.columns = columns;
  }

  public ChunkId id() {
    return id;
  }

  public SeriesSet set() {
    return set;
  }

  /** Whether somebody read the host at {@code place}. */
  public boolean has(int place) {
    return agentStarts[place] != Sample.ABSENT;
  }

  /** How many places have a reading. */
  public int readings() {
    int readings = 0;
    for (int place = 0; place < Tier.PLACES; place++) {
      readings += has(place) ? 1 : 0;
    }
    return readings;
  }

  public long agentStart(int place) {
    return agentStarts[place];
  }

  public long sequence(int place) {
    return sequences[place];
  }

  /** The scaled value of a column at a place, {@link Sample#ABSENT} if none. */
  public long value(int column, int place) {
    return columns[column][place];
  }

  /** The scaled values of a column, a place each; not a copy. */
  public long[] column(int column) {
    return columns[column];
  }

  /**
   * The reading at {@code place} as a sample, its time floored to the place; nothing for an empty
   * place.
   */
  public Optional<Sample> sample(int place) {
    if (!has(place)) {
      return Optional.empty();
    }
    long[] values = new long[columns.length];
    for (int column = 0; column < values.length; column++) {
      values[column] = columns[column][place];
    }
    long takenAtMs = id.startMs() + place * id.tier().stepMs();
    return Optional.of(new Sample(takenAtMs, sequences[place], values));
  }

  long[] agentStarts() {
    return agentStarts;
  }

  long[] sequences() {
    return sequences;
  }

  /** Whether both say the same, series by series and place by place. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Chunk chunk
        && id.equals(chunk.id)
        && set.equals(chunk.set)
        && Arrays.equals(agentStarts, chunk.agentStarts)
        && Arrays.equals(sequences, chunk.sequences)
        && Arrays.deepEquals(columns, chunk.columns);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "Chunk[" + id + ", " + set + ", " + readings() + " readings]";
  }
}
