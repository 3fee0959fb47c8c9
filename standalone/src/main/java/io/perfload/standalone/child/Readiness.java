// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.child;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Asks again and again on a thread of its own until something is ready. */
public final class Readiness implements AutoCloseable {
  private static final long AGAIN_MILLIS = 25;

  private final BooleanSupplier ready;
  private final Runnable then;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Begins to ask.
   *
   * @param ready may block for a while
   * @param then called once, by the same thread
   */
  public Readiness(String what, BooleanSupplier ready, Runnable then) {
    this.ready = ready;
    this.then = then;
    var thread = new Thread(this::ask, "ready-" + what);
    thread.setDaemon(true);
    thread.start();
  }

  private void ask() {
    try {
      while (!ready.getAsBoolean()) {
        if (closed.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      if (closed.getCount() > 0) {
        then.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks no more. */
  @Override
  public void close() {
    closed.countDown();
  }
}
