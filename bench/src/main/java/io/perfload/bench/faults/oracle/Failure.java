// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.oracle;

/** What must never happen. */
public enum Failure {
  ACKNOWLEDGED_LOST("acknowledged and lost"),
  LOST("lost without a gap"),
  INVENTED("stored, but nobody made it"),
  TWICE("shown twice"),
  WRONG_ANSWER("shown with another value"),
  DEAD_END("dead end");

  private final String label;

  Failure(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
