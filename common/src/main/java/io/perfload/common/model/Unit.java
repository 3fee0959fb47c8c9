// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.model;

/** What a value counts. The code is the wire's, the symbol is what programs and people read. */
public enum Unit {
  RATIO(0, "ratio"),
  ONE(1, "1"),
  BYTES(2, "bytes"),
  BYTES_PER_SECOND(3, "bytes/s"),
  SECONDS(4, "s"),
  HERTZ(5, "Hz");

  private final int code;
  private final String symbol;

  Unit(int code, String symbol) {
    this.code = code;
    this.symbol = symbol;
  }

  /** The byte that stands for this unit on the wire; never changes. */
  public int code() {
    return code;
  }

  /** Short text for people and programs, such as {@code bytes/s}. */
  public String symbol() {
    return symbol;
  }
}
