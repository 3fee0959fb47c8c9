// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** How a master is to end. The first order counts: each has its own deadline. Any thread. */
final class StopOrders {
  private final CompletableFuture<Order> first = new CompletableFuture<>();

  /** What to do with the door. */
  enum Order {
    /** Shut it for good; workers finish. */
    STOP,
    /** Leave it to the next master; workers stay. */
    HAND_ON
  }

  /** Never blocks. */
  void give(Order order) {
    first.complete(order);
  }

  /** Waits for the first. */
  Order await() throws InterruptedException {
    try {
      return first.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody fails an order", e);
    }
  }
}
