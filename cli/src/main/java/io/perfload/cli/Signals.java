// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * What the system asks a process to do, by signal. Any thread.
 *
 * <p>{@code sun.misc.Signal} is the only way to tell signals apart and exit with a code of one's
 * own; it is in every JDK, but the compiler must not see it.
 */
public final class Signals {
  private Signals() {}

  /**
   * Calls {@code action}, on a thread of the system's, each time the signal comes.
   *
   * @param name without SIG, such as {@code TERM}
   */
  public static void handle(String name, Runnable action) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlers},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      Method handle = signals.getMethod("handle", signals, handlers);
      handle.invoke(null, signals.getConstructor(String.class).newInstance(name), handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("signals cannot be handled on this Java", e);
    }
  }
}
