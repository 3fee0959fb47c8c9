// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.child;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The thread named {@code keeper}, which all keepers share. */
@SuppressWarnings("FutureReturnValueIgnored") // tasks tell their failures themselves
public final class OneThread implements Keeper.Timer, AutoCloseable {
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var keeper = new Thread(task, "keeper");
            keeper.setDaemon(true);
            return keeper;
          });

  @Override
  public void now(Runnable task) {
    in(Duration.ZERO, task);
  }

  @Override
  public void in(Duration delay, Runnable task) {
    try {
      thread.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // closed: everything has stopped, nothing is wanted any more
      return;
    }
  }

  /** Repeats {@code task} until closed. */
  public void every(Duration period, Runnable task) {
    thread.scheduleWithFixedDelay(
        task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Asks on the thread and waits for the answer. Not from the thread itself. */
  public <T> T ask(Supplier<T> question) throws InterruptedException {
    try {
      return thread.submit(question::get).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Ends the thread; what was to come does not. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
