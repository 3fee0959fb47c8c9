// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One figure, measured once a round.
 *
 * @param values in the order of the rounds; at least one
 */
public record Rounds(List<Double> values) {
  public Rounds {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("values: none (expected: one a round)");
    }
  }

  /** The middle one; of an even number the mean of the two in the middle. */
  @JsonProperty
  public double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  @JsonProperty
  public double least() {
    return values.stream().min(Double::compare).orElseThrow();
  }

  @JsonProperty
  public double greatest() {
    return values.stream().max(Double::compare).orElseThrow();
  }

  /**
   * This against {@code other}, round by round: what disturbed both in the same round cancels out.
   *
   * @throws IllegalArgumentException when they have different numbers of rounds
   */
  public Rounds ratioTo(Rounds other) {
    return paired(other, (mine, theirs) -> mine / theirs);
  }

  /** This less {@code other}, round by round. */
  public Rounds minus(Rounds other) {
    return paired(other, (mine, theirs) -> mine - theirs);
  }

  private Rounds paired(Rounds other, java.util.function.DoubleBinaryOperator operator) {
    if (other.values.size() != values.size()) {
      throw new IllegalArgumentException(
          "rounds: " + other.values.size() + " (expected: " + values.size() + ")");
    }
    return new Rounds(
        IntStream.range(0, values.size())
            .mapToObj(i -> operator.applyAsDouble(values.get(i), other.values.get(i)))
            .toList());
  }
}
