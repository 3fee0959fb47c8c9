// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

/** A process ends in the middle of what it does; nobody in it may catch this. */
final class Crash extends Error {
  private static final long serialVersionUID = 1;

  Crash() {
    super("the process ended here", null, false, false);
  }
}
