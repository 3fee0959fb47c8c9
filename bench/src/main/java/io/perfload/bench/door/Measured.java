// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import io.perfload.bench.report.Rounds;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every figure of every front, round by round. Confined to the measuring thread. */
final class Measured {
  private final Map<Front.Kind, Map<Figure, List<Double>>> values = new EnumMap<>(Front.Kind.class);
  private long asked;
  private long failed;

  /** Adds the value of one round. */
  void add(Front.Kind front, Figure figure, double value) {
    values
        .computeIfAbsent(front, unknown -> new EnumMap<>(Figure.class))
        .computeIfAbsent(figure, unknown -> new ArrayList<>())
        .add(value);
  }

  /** Adds what became of requests. */
  void requests(long more, long moreFailed) {
    asked += more;
    failed += moreFailed;
  }

  /** The fronts that were measured. */
  List<Front.Kind> fronts() {
    return List.copyOf(values.keySet());
  }

  /** The rounds of a figure, if it was measured there. */
  Optional<Rounds> rounds(Front.Kind front, Figure figure) {
    return Optional.ofNullable(values.get(front))
        .map(figures -> figures.get(figure))
        .map(Rounds::new);
  }

  /** The rounds of a figure of both fronts, paired. */
  Optional<Rounds> ratio(Figure figure, Front.Kind front, Front.Kind to) {
    return rounds(front, figure)
        .flatMap(mine -> rounds(to, figure).map(theirs -> mine.ratioTo(theirs)));
  }

  /** How much more a figure is at one front than at the other, paired. */
  Optional<Rounds> difference(Figure figure, Front.Kind front, Front.Kind to) {
    return rounds(front, figure)
        .flatMap(mine -> rounds(to, figure).map(theirs -> mine.minus(theirs)));
  }

  /** Requests sent, warm-up included. */
  long asked() {
    return asked;
  }

  /** Requests that were not answered as they should have been, warm-up included. */
  long failed() {
    return failed;
  }
}
