// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static java.util.Objects.requireNonNull;

import io.perfload.common.model.Measure;
import io.perfload.common.model.Series;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which series of a host: {@code cpu.utilization} is the machine as a whole, {@code
 * cpu.utilization:3} one instance, {@code cpu.utilization:*} all instances.
 *
 * @param instance empty for the machine as a whole; meaningless if {@code all}
 */
public record SeriesPattern(String measure, String instance, boolean all) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)*");

  public SeriesPattern {
    requireNonNull(measure, "measure");
    requireNonNull(instance, "instance");
  }

  /** Returns nothing if {@code text} names no series. */
  public static Optional<SeriesPattern> parse(String text) {
    int colon = text.indexOf(':');
    String measure = colon < 0 ? text : text.substring(0, colon);
    String instance = colon < 0 ? "" : text.substring(colon + 1);
    boolean wrong =
        measure.length() > Measure.MAX_NAME
            || !NAME.matcher(measure).matches()
            || instance.length() > Series.MAX_INSTANCE
            || (colon >= 0 && instance.isEmpty());
    return wrong
        ? Optional.empty()
        : Optional.of(new SeriesPattern(measure, instance, instance.equals("*")));
  }

  boolean matches(Series series) {
    return series.measure().name().equals(measure)
        && (all ? !series.instance().isEmpty() : series.instance().equals(instance));
  }
}
