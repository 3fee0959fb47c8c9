// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Where a worker's connections come from: a master's hand, or a port of its own. Any thread. */
public interface Door extends AutoCloseable {
  /** How the door is, at most a second or so old. */
  DoorView view();

  /** Connections that came through the door and are open. */
  int connections();

  /**
   * Lets no new connection come.
   *
   * @return done when those that were on their way have been adopted, or {@code within} has passed;
   *     never fails
   */
  CompletableFuture<Void> leave(Duration within);

  /** Ends everything of the door but the connections that came through it. Blocks for a moment. */
  @Override
  void close();
}
