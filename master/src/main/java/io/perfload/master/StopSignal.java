// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What the system asks a master to do. SIGTERM and SIGINT stop it for good, SIGHUP lets it make way
 * for its successor.
 *
 * <p>{@code sun.misc.Signal} is the only way to tell signals apart and exit with a code of one's
 * own; it is in every JDK, but the compiler must not see it.
 */
enum StopSignal {
  TERM,
  INT,
  HUP;

  /** Waits for the first of them. Later ones change nothing: a stop has its own deadline. */
  static StopSignal await() throws InterruptedException {
    BlockingQueue<StopSignal> seen = new LinkedBlockingQueue<>();
    for (StopSignal signal : values()) {
      signal.handle(() -> seen.add(signal));
    }
    return seen.take();
  }

  private void handle(Runnable action) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              StopSignal.class.getClassLoader(),
              new Class<?>[] {handlers},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      Method handle = signals.getMethod("handle", signals, handlers);
      handle.invoke(null, signals.getConstructor(String.class).newInstance(name()), handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("signals cannot be handled on this Java", e);
    }
  }
}
