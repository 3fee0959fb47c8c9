// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.common.chunk.Tier;
import io.perfload.common.model.SetHash;
import io.perfload.common.wire.FrameKind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the spool remembers of a sealed chunk; its file's name says the same.
 *
 * @param number its place in the order of sealing, among all that this run knows; never comes again
 * @param filed the number in its file's name: the same, unless two files claim one number
 * @param startMs the minute it is of
 * @param readings how many seconds it has
 * @param set the set of series it needs
 * @param bytes its length
 */
public record SealedChunk(
    long number, long filed, long startMs, int readings, SetHash set, int bytes) {
  static final String SUFFIX = ".chunk";

  /** A worker takes no longer one. */
  static final int MAX_BYTES = FrameKind.CHUNK.maxPayload();

  /** Numbers beyond are not ours: nobody seals that many. */
  private static final long MAX_FILED = 1_000_000_000_000_000L;

  private static final Pattern NAME =
      Pattern.compile("(\\d{16})-(\\d{1,16})-(\\d{1,2})-([0-9a-f]{16})([0-9a-f]{16})\\.chunk");

  /** Space on disk: file systems give whole blocks. */
  long space() {
    return Disk.space(bytes);
  }

  String fileName() {
    return String.format("%016d-%d-%d-%s", filed, startMs, readings, set) + SUFFIX;
  }

  SealedChunk numbered(long other) {
    return new SealedChunk(other, filed, startMs, readings, set, bytes);
  }

  SealedChunk filedAs(long other) {
    return new SealedChunk(number, other, startMs, readings, set, bytes);
  }

  /** What a file's name says; nothing if it is no chunk's name. */
  static Optional<SealedChunk> ofFile(String name, long bytes) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long filed = Long.parseLong(matcher.group(1));
    long startMs = Long.parseLong(matcher.group(2));
    var set =
        new SetHash(
            Long.parseUnsignedLong(matcher.group(4), 16),
            Long.parseUnsignedLong(matcher.group(5), 16));
    return filed < 1 || filed > MAX_FILED || Tier.SECOND.startOf(startMs) != startMs
        ? Optional.empty()
        : Optional.of(
            new SealedChunk(
                filed,
                filed,
                startMs,
                Integer.parseInt(matcher.group(3)),
                set,
                (int) Math.min(bytes, Integer.MAX_VALUE)));
  }
}
