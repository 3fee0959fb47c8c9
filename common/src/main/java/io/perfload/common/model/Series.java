// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.model;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * A measure of one instance.
 *
 * @param measure what is read
 * @param instance of what: a core, a device, a mount; empty for the machine as a whole; at most
 *     {@value #MAX_INSTANCE} characters, none of them a control character
 */
public record Series(Measure measure, String instance) implements Comparable<Series> {
  public static final int MAX_INSTANCE = 128;

  private static final Comparator<Series> ORDER =
      Comparator.comparing((Series series) -> series.measure().name())
          .thenComparing(Series::instance)
          .thenComparing(Series::measure);

  public Series {
    requireNonNull(measure, "measure");
    if (instance.length() > MAX_INSTANCE || instance.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "instance: '" + instance + "' (expected: at most " + MAX_INSTANCE + " plain characters)");
    }
  }

  /** The series of the machine as a whole. */
  public static Series of(Measure measure) {
    return new Series(measure, "");
  }

  /** {@code measure} or {@code measure:instance}: how programs and screens name a series. */
  public String key() {
    return instance.isEmpty() ? measure.name() : measure.name() + ':' + instance;
  }

  @Override
  public int compareTo(Series other) {
    return ORDER.compare(this, other);
  }
}
