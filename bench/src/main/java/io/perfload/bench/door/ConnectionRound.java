// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One measurement of new connections and one of kept ones, at one front. */
final class ConnectionRound {
  private static final Duration SETTLE = Duration.ofMillis(300);

  private final DoorPlan plan;
  private final Measured measured;

  ConnectionRound(DoorPlan plan, Measured measured) {
    this.plan = plan;
    this.measured = measured;
  }

  /** Puts both loads on {@code front}; writes figures down if {@code counts}. Blocks. */
  void run(Front front, boolean counts) throws InterruptedException {
    load(front, false, counts);
    load(front, true, counts);
  }

  private void load(Front front, boolean kept, boolean counts) throws InterruptedException {
    var loadPlan =
        new LoadPlan(front.address(), plan.sources(), plan.concurrency(), kept, plan.reset());
    try (var load = new RequestLoad(loadPlan)) {
      load.start();
      TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
      Usage before = Usage.of(front);
      LoadCounts from = load.counts();
      load.latency();
      TimeUnit.NANOSECONDS.sleep(plan.span().toNanos());
      double p99 = load.latency().getValueAtPercentile(99) / 1e6;
      LoadCounts window = load.counts().since(from);
      Usage.Spent spent = Usage.of(front).since(before);
      LoadCounts all = load.stop();
      measured.requests(all.sent(), all.sent() - all.answered());
      if (counts) {
        write(front, kept, window, p99, spent);
      }
    }
  }

  private void write(Front front, boolean kept, LoadCounts window, double p99, Usage.Spent spent) {
    double answers = Math.max(1, window.answered()) * 1000.0;
    Front.Kind kind = front.kind();
    measured.add(kind, kept ? Figure.KEPT_RATE : Figure.NEW_RATE, window.rate());
    measured.add(kind, kept ? Figure.KEPT_P99 : Figure.NEW_P99, p99);
    measured.add(kind, kept ? Figure.KEPT_FRONT : Figure.NEW_FRONT, spent.front() / answers);
    measured.add(kind, kept ? Figure.KEPT_WORKER : Figure.NEW_WORKER, spent.worker() / answers);
    measured.add(kind, kept ? Figure.KEPT_CLIENT : Figure.NEW_CLIENT, spent.client() / answers);
  }
}
