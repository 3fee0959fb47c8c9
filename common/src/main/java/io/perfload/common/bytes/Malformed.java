// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.bytes;

/**
 * A peer's bytes cannot be what they claim to be. Carries no stack trace: a bad peer is not a bug,
 * and floods of bad bytes must stay cheap.
 */
public final class Malformed extends Exception {
  private final Fault fault;

  public Malformed(Fault fault, String detail) {
    super(detail, null, false, false);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }

  @Override
  public String getMessage() {
    return fault.label() + ": " + super.getMessage();
  }
}
