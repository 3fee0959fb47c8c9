// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.report;

import java.util.Locale;

/** Numbers as people read them. */
public final class Figures {
  private Figures() {}

  /**
   * Three significant digits, thousands kept apart: {@code 0.123}, {@code 12.3}, {@code 12,300}.
   */
  public static String of(double value) {
    double size = Math.abs(value);
    if (Double.isNaN(value)) {
      return "-";
    }
    if (size >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** As short as can be: {@code 99}, {@code 99.9}. */
  public static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  /** The median, and the least and greatest round if there is more than one. */
  public static String of(Rounds rounds) {
    return rounds.values().size() == 1
        ? of(rounds.median())
        : of(rounds.median()) + " (" + of(rounds.least()) + "–" + of(rounds.greatest()) + ")";
  }
}
