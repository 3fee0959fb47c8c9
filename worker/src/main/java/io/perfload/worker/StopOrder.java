// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker;

import io.perfload.cli.Signals;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Why a worker stops: SIGTERM, SIGINT, or its master says so. Only the first order counts. */
final class StopOrder {
  private final CompletableFuture<Optional<Duration>> first = new CompletableFuture<>();

  /** Begins to catch signals. */
  void catchSignals() {
    List.of("TERM", "INT")
        .forEach(name -> Signals.handle(name, () -> first.complete(Optional.empty())));
  }

  /** Orders a stop within a time of the master's. Any thread; never blocks. */
  void give(Duration within) {
    first.complete(Optional.of(within));
  }

  /** Waits for the order and returns how long the stop may take, if the order says so. */
  Optional<Duration> await() throws InterruptedException {
    try {
      return first.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody fails an order", e);
    }
  }
}
