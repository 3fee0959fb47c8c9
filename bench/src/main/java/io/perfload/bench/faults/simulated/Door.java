// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import java.util.List;
import java.util.Optional;

/** Which worker a client comes to: the same as long as that takes it, else the next. One thread. */
final class Door {
  private final List<SimulatedWorker> workers;

  Door(List<SimulatedWorker> workers) {
    this.workers = List.copyOf(workers);
  }

  /** Nothing if no worker accepts. */
  Optional<SimulatedWorker> route(int client) {
    for (int i = 0; i < workers.size(); i++) {
      SimulatedWorker worker = workers.get((client + i) % workers.size());
      if (worker.accepts()) {
        return Optional.of(worker);
      }
    }
    return Optional.empty();
  }
}
