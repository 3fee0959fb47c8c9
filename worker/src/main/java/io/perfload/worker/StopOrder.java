// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Why a worker stops: SIGTERM, SIGINT, or its master says so. Only the first order counts.
 *
 * <p>{@code sun.misc.Signal} is the only way to catch a signal and exit with a code of one's own;
 * it is in every JDK, but the compiler must not see it.
 */
final class StopOrder {
  private final CompletableFuture<Optional<Duration>> first = new CompletableFuture<>();

  /** Begins to catch signals. */
  void catchSignals() {
    for (String signal : new String[] {"TERM", "INT"}) {
      handle(signal);
    }
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

  private void handle(String name) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              StopOrder.class.getClassLoader(),
              new Class<?>[] {handlers},
              (proxy, method, arguments) -> {
                first.complete(Optional.empty());
                return null;
              });
      signals
          .getMethod("handle", signals, handlers)
          .invoke(null, signals.getConstructor(String.class).newInstance(name), handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("signals cannot be handled on this Java", e);
    }
  }
}
