// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.child;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that passes when it is told to. */
final class HandTimer implements Keeper.Timer {
  private final List<Task> tasks = new ArrayList<>();
  private long now;

  @Override
  public void now(Runnable task) {
    in(Duration.ZERO, task);
  }

  @Override
  public void in(Duration delay, Runnable task) {
    tasks.add(new Task(now + delay.toNanos(), task));
  }

  long nanoTime() {
    return now;
  }

  void pass(Duration time) {
    long until = now + time.toNanos();
    for (var next = next(until); next != null; next = next(until)) {
      tasks.remove(next);
      now = Math.max(now, next.at());
      next.task().run();
    }
    now = until;
  }

  private @org.jspecify.annotations.Nullable Task next(long until) {
    return tasks.stream()
        .filter(task -> task.at() <= until)
        .min(Comparator.comparingLong(Task::at))
        .orElse(null);
  }

  private record Task(long at, Runnable task) {}
}
