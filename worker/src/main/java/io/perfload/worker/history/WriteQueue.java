// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SeriesSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The chunks and gaps between the sessions and the store. Bounded by count and by bytes; what the
 * writers have taken counts until it is {@linkplain #done settled}, so the bound is on memory. When
 * it is full, an offer takes nothing and is counted as blocked. Any thread; nothing but {@link
 * #awaitChunks} waits.
 */
final class WriteQueue implements ChunkIntake {
  private final int maxChunks;
  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
  private final ArrayDeque<Runnable> wantRoom = new ArrayDeque<>();
  private int chunks;
  private long bytes;
  private int highWaterChunks;
  private long highWaterBytes;
  private long blocked;
  private boolean closed;

  WriteQueue(int maxChunks, long maxBytes) {
    this.maxChunks = maxChunks;
    this.maxBytes = maxBytes;
  }

  @Override
  public boolean offer(PackedChunk chunk, SeriesSet set, Arrival arrival, Outcome outcome) {
    return offer(new PendingChunk(chunk, set, arrival, outcome));
  }

  @Override
  public boolean offer(HostId host, LostSamples lost, Arrival arrival, Outcome outcome) {
    return offer(new PendingGap(host, lost, arrival, outcome));
  }

  @Override
  public Capacity capacity() {
    return new Capacity(maxChunks, maxBytes);
  }

  /** Takes something larger than all of the queue too, but only alone. */
  private boolean offer(Pending pending) {
    lock.lock();
    try {
      if (closed || !hasRoom(pending.bytes())) {
        blocked++;
        return false;
      }
      chunks++;
      bytes += pending.bytes();
      highWaterChunks = Math.max(highWaterChunks, chunks);
      highWaterBytes = Math.max(highWaterBytes, bytes);
      waiting.add(pending);
      filled.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void whenRoom(Runnable callback) {
    lock.lock();
    try {
      if (!isOpenForMore()) {
        wantRoom.add(callback);
        return;
      }
    } finally {
      lock.unlock();
    }
    callback.run();
  }

  /** Waits until there is something to take, the queue is closed, or so long. */
  void awaitChunks(long atMostMs) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(atMostMs);
      while (waiting.isEmpty() && !closed && left > 0) {
        left = filled.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes the oldest chunks, up to a bound. Whoever takes them must settle each. */
  List<Pending> take(int atMost, long atMostBytes) {
    List<Pending> batch = new ArrayList<>();
    lock.lock();
    try {
      long taken = 0;
      while (batch.size() < atMost && !waiting.isEmpty() && taken < atMostBytes) {
        Pending next = waiting.remove();
        taken += next.bytes();
        batch.add(next);
      }
    } finally {
      lock.unlock();
    }
    wakeThoseWhoWantRoom();
    return batch;
  }

  /** Gives back the room of what was settled. */
  void done(Pending settled) {
    lock.lock();
    try {
      chunks--;
      bytes -= settled.bytes();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Calls as many of those who want room as there is room for. Also called while the writers are
   * idle, for those after somebody who was called and had gone.
   */
  void wakeThoseWhoWantRoom() {
    List<Runnable> woken = new ArrayList<>();
    lock.lock();
    try {
      int room = isOpenForMore() ? maxChunks - chunks : 0;
      while (woken.size() < room && !wantRoom.isEmpty()) {
        woken.add(wantRoom.remove());
      }
    } finally {
      lock.unlock();
    }
    woken.forEach(Runnable::run);
  }

  /** Takes nothing any more; what is in it can still be taken out. */
  void close() {
    lock.lock();
    try {
      closed = true;
      wantRoom.clear();
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  Gauge gauge() {
    lock.lock();
    try {
      return new Gauge(
          maxChunks, maxBytes, chunks, bytes, highWaterChunks, highWaterBytes, blocked);
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom(int more) {
    return chunks == 0 || (chunks < maxChunks && bytes + more <= maxBytes);
  }

  /** A little below full, so that those who wait do not come back for a single place. */
  private boolean isOpenForMore() {
    return !closed && (chunks == 0 || (chunks < maxChunks && bytes < maxBytes - maxBytes / 8));
  }

  /** How full the queue is; see {@link WriteCounts}. */
  record Gauge(
      int maxChunks,
      long maxBytes,
      int chunks,
      long bytes,
      int highWaterChunks,
      long highWaterBytes,
      long blocked) {}
}
