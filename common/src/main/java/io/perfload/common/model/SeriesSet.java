// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * The columns of a host: distinct series in one canonical order, so that equal sets have equal
 * hashes whoever declared them. Immutable.
 */
public final class SeriesSet {
  /** As many series as one host may have. */
  public static final int MAX_SERIES = 4096;

  private final List<Series> series;
  private final SetHash hash;

  private SeriesSet(List<Series> series) {
    this.series = series;
    this.hash = hashOf(series);
  }

  /** Returns the set of {@code series}, sorted, each once; at most {@value #MAX_SERIES}. */
  public static SeriesSet of(Collection<Series> series) {
    List<Series> sorted = List.copyOf(new TreeSet<>(series));
    if (sorted.size() > MAX_SERIES) {
      throw new IllegalArgumentException(
          "series: " + sorted.size() + " (expected: at most " + MAX_SERIES + ")");
    }
    return new SeriesSet(sorted);
  }

  /** The series in column order; may be empty. */
  public List<Series> series() {
    return series;
  }

  public int size() {
    return series.size();
  }

  public SetHash hash() {
    return hash;
  }

  /** Returns the column of {@code wanted}, or a negative number. */
  public int indexOf(Series wanted) {
    return Collections.binarySearch(series, wanted);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeriesSet set && hash.equals(set.hash) && series.equals(set.series);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return "SeriesSet[" + hash + ", " + series.size() + " series]";
  }

  /** The text that is hashed is part of the protocol: docs/protocol.md, "Set of series". */
  private static SetHash hashOf(List<Series> series) {
    var text = new StringBuilder();
    for (Series one : series) {
      Measure measure = one.measure();
      text.append(measure.name())
          .append('\t')
          .append(measure.unit().code())
          .append('\t')
          .append(measure.kind().code())
          .append('\t')
          .append(measure.decimals())
          .append('\t')
          .append(one.instance())
          .append('\n');
    }
    ByteBuffer digest =
        ByteBuffer.wrap(sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    return new SetHash(digest.getLong(), digest.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
