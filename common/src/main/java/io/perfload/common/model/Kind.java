// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.model;

/** How a value behaves over time. */
public enum Kind {
  /** A level read at one moment. */
  GAUGE(0),
  /** A change since the last reading, per second. */
  RATE(1);

  private final int code;

  Kind(int code) {
    this.code = code;
  }

  /** The byte that stands for this kind on the wire; never changes. */
  public int code() {
    return code;
  }
}
