// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.perfload.worker.history.ChunkIntake.Capacity;

/**
 * The chunks that agents may send unasked, shared out so that the write queue has room for all of
 * them at once: a small fleet gets much each and is whole again soon, of a large one that comes
 * back at once each gets little, the last ones nothing until others are done. Any thread.
 */
final class CreditPool {
  /** What a session begins with; what it uses up grows with each acknowledgement. */
  static final int FIRST = 4;

  private static final int FIRST_GUESS_BYTES = 4096;
  private static final int MEMORY = 64;

  private final int most;
  private final Capacity capacity;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private int sessions;

  @GuardedBy("lock")
  private int without;

  @GuardedBy("lock")
  private long granted;

  @GuardedBy("lock")
  private long meanBytes = FIRST_GUESS_BYTES;

  /**
   * @param most what one session may have, at least 1
   * @param capacity what fits in the write queue
   */
  CreditPool(int most, Capacity capacity) {
    this.most = most;
    this.capacity = capacity;
  }

  /** A session begins; returns its credit, which is 0 when there is none left. */
  int begin() {
    synchronized (lock) {
      sessions++;
      without++;
      return share(0, FIRST);
    }
  }

  /** A session that had {@code before} is acknowledged; returns its credit from now on. */
  int renew(int before) {
    synchronized (lock) {
      return share(before, Math.max(FIRST, before * 2));
    }
  }

  /** A session that does not use what it has beyond {@code share} gives it back. */
  int trim(int before, int share) {
    synchronized (lock) {
      return share(before, share);
    }
  }

  /** Whether there are sessions without credit. */
  boolean isShort() {
    synchronized (lock) {
      return without > 0;
    }
  }

  /** A session that had {@code credit} ends. */
  void end(int credit) {
    synchronized (lock) {
      sessions--;
      without -= credit == 0 ? 1 : 0;
      granted -= credit;
    }
  }

  /**
   * What a session may keep that does not use it while others have none: its share, or nothing
   * where there are more sessions than places, so that they go round.
   */
  int idleShare() {
    synchronized (lock) {
      return sessions > size() ? 0 : fairShare();
    }
  }

  /** Credit that all sessions have together. */
  long granted() {
    synchronized (lock) {
      return granted;
    }
  }

  /** A chunk came; how large they are says how many of them fit. */
  void saw(int bytes) {
    synchronized (lock) {
      meanBytes += (bytes - meanBytes) / MEMORY;
    }
  }

  @GuardedBy("lock")
  private int share(int before, int wanted) {
    long left = Math.max(0, size() - (granted - before));
    int share = (int) Math.min(Math.min(wanted, fairShare()), left);
    granted += share - before;
    without += (share == 0 ? 1 : 0) - (before == 0 ? 1 : 0);
    return share;
  }

  @GuardedBy("lock")
  private int fairShare() {
    return (int) Math.max(1, Math.min(most, size() / Math.max(1, sessions)));
  }

  @GuardedBy("lock")
  private long size() {
    return Math.max(1, Math.min(capacity.chunks(), capacity.bytes() / Math.max(1, meanBytes)));
  }
}
