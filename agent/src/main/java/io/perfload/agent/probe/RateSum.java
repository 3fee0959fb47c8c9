// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

/** A sum of the rates there are; none if there are none. */
final class RateSum {
  private double sum = Double.NaN;

  void add(double rate) {
    if (!Double.isNaN(rate)) {
      sum = Double.isNaN(sum) ? rate : sum + rate;
    }
  }

  /** The sum, or NaN if nothing was added. */
  double value() {
    return sum;
  }
}
