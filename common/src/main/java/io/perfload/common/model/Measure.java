// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.model;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Something that can be read from a machine.
 *
 * @param name dotted lower-case words such as {@code cpu.utilization}, at most {@value #MAX_NAME}
 *     characters
 * @param unit what a value counts
 * @param kind how it behaves over time
 * @param decimals honest precision: values are whole multiples of 10^-decimals, 0 to {@value
 *     #MAX_DECIMALS}
 */
public record Measure(String name, Unit unit, Kind kind, int decimals)
    implements Comparable<Measure> {
  public static final int MAX_NAME = 64;
  public static final int MAX_DECIMALS = 9;

  private static final Pattern NAME = Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)*");
  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  private static final Comparator<Measure> ORDER =
      Comparator.comparing(Measure::name)
          .thenComparing(Measure::unit)
          .thenComparing(Measure::kind)
          .thenComparingInt(Measure::decimals);

  public Measure {
    requireNonNull(unit, "unit");
    requireNonNull(kind, "kind");
    if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name: '" + name + "' (expected: dotted lower-case words, at most " + MAX_NAME + ")");
    }
    if (decimals < 0 || decimals > MAX_DECIMALS) {
      throw new IllegalArgumentException(
          "decimals: " + decimals + " (expected: 0 to " + MAX_DECIMALS + ")");
    }
  }

  /**
   * Returns {@code value} as a whole number of 10^-decimals, or {@link Sample#ABSENT} when it is
   * not finite or does not fit.
   */
  public long scale(double value) {
    double scaled = Math.rint(value * POWERS[decimals]);
    return Math.abs(scaled) <= Sample.MAX_SCALED ? (long) scaled : Sample.ABSENT;
  }

  /** Returns what {@code scaled} stands for; NaN for {@link Sample#ABSENT}. */
  public double unscale(long scaled) {
    return scaled == Sample.ABSENT ? Double.NaN : scaled / POWERS[decimals];
  }

  @Override
  public int compareTo(Measure other) {
    return ORDER.compare(this, other);
  }
}
