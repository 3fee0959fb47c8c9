// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import java.time.Duration;

/** What the master may order. Called on the adopting loop, which must not wait. */
@FunctionalInterface
public interface DoorOrders {
  /**
   * Stop the worker: {@link Door#leave}, finish what is open, {@link Door#close}, exit. May come
   * more than once.
   *
   * @param within then the master kills the process
   */
  void drain(Duration within);
}
