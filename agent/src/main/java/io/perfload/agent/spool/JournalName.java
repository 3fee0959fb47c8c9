// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.common.chunk.Tier;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a journal. A minute may be opened again, by a clock that was set back or by the next
 * run, while an older journal of it is still there: the number tells them apart.
 *
 * @param startMs the minute it is of
 * @param number greater than that of every journal that was there when it was begun
 */
record JournalName(long startMs, long number) {
  static final String SUFFIX = ".open";

  private static final Pattern PATTERN = Pattern.compile("(\\d{1,16})-(\\d{1,15})\\.open");

  static Optional<JournalName> of(String name) {
    Matcher matcher = PATTERN.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long startMs = Long.parseLong(matcher.group(1));
    return Tier.SECOND.startOf(startMs) == startMs
        ? Optional.of(new JournalName(startMs, Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  String fileName() {
    return startMs + "-" + number + SUFFIX;
  }
}
