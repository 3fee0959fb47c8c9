// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import io.perfload.bench.process.ProcessCpu;
import java.util.List;

/** Processor time of everybody who takes part. */
record Usage(ProcessCpu frontCpu, ProcessCpu workerCpu, ProcessCpu clientCpu) {

  /** What was used so far. */
  static Usage of(Front front) {
    return new Usage(
        ProcessCpu.of(front.doorPids()),
        ProcessCpu.of(front.workerPids()),
        ProcessCpu.of(List.of(ProcessHandle.current().pid())));
  }

  /** Nanoseconds since {@code earlier}. */
  Spent since(Usage earlier) {
    return new Spent(
        frontCpu.since(earlier.frontCpu),
        workerCpu.since(earlier.workerCpu),
        clientCpu.since(earlier.clientCpu));
  }

  /**
   * Nanoseconds of processor time.
   *
   * @param front of what stands between client and worker
   * @param worker of the worker
   * @param client of the load itself
   */
  record Spent(long front, long worker, long client) {}
}
