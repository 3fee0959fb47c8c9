// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.micro;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** x. */
@State(Scope.Thread)
public class SampleCodecBenchmark {
  long x;

  /** y. */
  @Benchmark
  public long encode() {
    return x++;
  }
}
