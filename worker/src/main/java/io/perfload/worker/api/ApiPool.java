// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Where answers are made that take long or ask the store: a few threads, a short queue; what does
 * not fit is answered 503 and counted.
 */
final class ApiPool implements AutoCloseable {
  private static final int THREADS = 3;
  private static final int WAITING = 64;

  private final AtomicInteger names = new AtomicInteger();
  private final LongAdder turnedAway = new LongAdder();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          work -> {
            var thread = new Thread(work, "api-" + names.getAndIncrement());
            thread.setDaemon(true);
            return thread;
          });

  ApiPool() {
    threads.allowCoreThreadTimeOut(true);
  }

  /** Makes an answer; fails with a {@link Problem} when too many wait. */
  CompletionStage<Answer> answer(Supplier<Answer> make) {
    return CompletableFuture.supplyAsync(make, executor());
  }

  /** Never runs anything on the caller's thread. */
  Executor executor() {
    return work -> {
      try {
        threads.execute(work);
      } catch (RejectedExecutionException e) {
        turnedAway.increment();
        throw Problem.unavailable(
            "More questions are waiting than this worker can answer; ask again in a moment.");
      }
    };
  }

  /** How many questions found the queue full. */
  long turnedAway() {
    return turnedAway.sum();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
