// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import java.io.IOException;
import java.util.ArrayDeque;

/**
 * Files that are not needed any longer and still there. They go when the thread that writes has
 * time, so that nobody else waits for the disk; one that comes back after a crash is only sent
 * again. Past {@value #MAX} the oldest are left where they are. Any thread; {@link #one} belongs to
 * one.
 */
final class Discards {
  static final int MAX = 4096;

  private final Disk disk;
  private final ArrayDeque<Discard> waiting = new ArrayDeque<>();

  Discards(Disk disk) {
    this.disk = disk;
  }

  synchronized void add(Discard discard) {
    if (waiting.size() == MAX) {
      waiting.remove();
    }
    waiting.add(discard);
  }

  /** How many wait. */
  synchronized int waiting() {
    return waiting.size();
  }

  /** Discards one file; false if none is waiting. */
  boolean one() throws IOException {
    Discard next;
    synchronized (this) {
      if (waiting.isEmpty()) {
        return false;
      }
      next = waiting.element();
    }
    if (next.aside()) {
      disk.setAside(next.name());
    } else {
      disk.delete(next.name());
    }
    synchronized (this) {
      waiting.remove(next);
    }
    return true;
  }
}
