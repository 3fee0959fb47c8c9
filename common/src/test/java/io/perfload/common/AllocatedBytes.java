// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much memory was asked for: tells whether the cost of bytes is bounded by their length. */
public final class AllocatedBytes {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocatedBytes() {}

  /**
   * Bytes that {@code action} allocates; run again if it was more than {@code expected}, for the
   * first time classes are loaded.
   */
  public static long by(Runnable action, long expected) {
    long bytes = once(action);
    return bytes <= expected ? bytes : once(action);
  }

  private static long once(Runnable action) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    action.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
