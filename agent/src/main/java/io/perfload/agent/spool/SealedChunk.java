// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.common.model.SetHash;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the spool remembers of a sealed chunk; its file's name says the same.
 *
 * @param number its place in the order of sealing
 * @param startMs the minute it is of
 * @param set the set of series it needs
 * @param bytes its length
 */
public record SealedChunk(long number, long startMs, SetHash set, int bytes) {
  static final String SUFFIX = ".chunk";

  /** Numbers beyond are not ours: nobody seals that many. */
  private static final long MAX_NUMBER = 1_000_000_000_000_000L;

  private static final Pattern NAME =
      Pattern.compile("(\\d{16})-(\\d{1,16})-([0-9a-f]{16})([0-9a-f]{16})\\.chunk");

  /** Space on disk: file systems give whole blocks. */
  long space() {
    return (bytes + 4095L) & ~4095L;
  }

  String fileName() {
    return String.format("%016d-%d-%s", number, startMs, set) + SUFFIX;
  }

  static Optional<SealedChunk> ofFile(String name, long bytes) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches() || bytes > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    var set =
        new SetHash(
            Long.parseUnsignedLong(matcher.group(3), 16),
            Long.parseUnsignedLong(matcher.group(4), 16));
    long number = Long.parseLong(matcher.group(1));
    return number < 1 || number > MAX_NUMBER
        ? Optional.empty()
        : Optional.of(new SealedChunk(number, Long.parseLong(matcher.group(2)), set, (int) bytes));
  }
}
