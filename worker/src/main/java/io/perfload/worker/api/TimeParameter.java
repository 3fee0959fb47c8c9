// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads moments as people and programs write them: Unix milliseconds, {@code now}, {@code -5m}. */
final class TimeParameter {
  private static final Pattern ABSOLUTE = Pattern.compile("\\d{1,14}");
  private static final Pattern AGO = Pattern.compile("-(\\d{1,9})(ms|s|m|h|d)");

  private TimeParameter() {}

  /** Returns nothing if {@code text} is no moment. */
  static Optional<Long> parse(String text, long nowMs) {
    if (text.equals("now")) {
      return Optional.of(nowMs);
    }
    if (ABSOLUTE.matcher(text).matches()) {
      return Optional.of(Long.parseLong(text));
    }
    Matcher ago = AGO.matcher(text);
    if (!ago.matches()) {
      return Optional.empty();
    }
    long unit =
        switch (ago.group(2)) {
          case "ms" -> 1L;
          case "s" -> 1_000L;
          case "m" -> 60_000L;
          case "h" -> 3_600_000L;
          default -> 86_400_000L;
        };
    return Optional.of(Math.max(0, nowMs - Long.parseLong(ago.group(1)) * unit));
  }
}
