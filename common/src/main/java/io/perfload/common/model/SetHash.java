// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.model;

import java.util.HexFormat;

/**
 * The first 16 bytes of the SHA-256 of a {@link SeriesSet}: the name chunks know their columns by.
 */
public record SetHash(long high, long low) {
  public static final int BYTES = 16;

  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }
}
