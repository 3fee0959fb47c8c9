// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.child;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Ends processes: asks, waits as long as the role may take, then kills. Any thread. */
public final class Ending {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration AFTER_KILL = Duration.ofSeconds(3);

  private final LongSupplier nanoTime;
  private final Pause pause;

  public Ending(LongSupplier nanoTime, Pause pause) {
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  /** Ends all of them together and says how that went. Blocks, {@code within} and a little more. */
  public Outcome end(List<? extends Child> children, Duration within) {
    children.forEach(Child::terminate);
    List<? extends Child> late = await(children, within);
    if (late.isEmpty()) {
      return new Outcome(List.of(), List.of());
    }
    late.forEach(Child::kill);
    return new Outcome(pids(late), pids(await(late, AFTER_KILL)));
  }

  private List<? extends Child> await(List<? extends Child> children, Duration within) {
    long deadline = nanoTime.getAsLong() + within.toNanos();
    List<? extends Child> left = living(children);
    while (!left.isEmpty() && nanoTime.getAsLong() - deadline < 0) {
      pause.pause(POLL);
      left = living(left);
    }
    return left;
  }

  private static List<? extends Child> living(List<? extends Child> children) {
    return children.stream().filter(Child::alive).toList();
  }

  private static List<Long> pids(List<? extends Child> children) {
    return children.stream().map(Child::pid).toList();
  }

  /** Lets time pass. */
  @FunctionalInterface
  public interface Pause {
    void pause(Duration time);
  }

  /**
   * How it went.
   *
   * @param killed pids of those that did not end by themselves in time
   * @param left pids of those that are still there
   */
  public record Outcome(List<Long> killed, List<Long> left) {}
}
