// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.testing;

import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SeriesSet;
import io.perfload.worker.history.Arrival;
import io.perfload.worker.history.ChunkIntake;
import java.util.ArrayList;
import java.util.List;

/** Takes chunks up to a capacity and answers when told to, or at once. */
public final class MemoryIntake implements ChunkIntake {
  private final List<Offer> offers = new ArrayList<>();
  private final List<GapOffer> gaps = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private int capacity;
  private final boolean atOnce;

  /** One chunk that was taken. */
  public record Offer(PackedChunk chunk, SeriesSet set, Arrival arrival, Outcome outcome) {}

  /** One gap that was taken. */
  public record GapOffer(HostId host, LostSamples lost, Outcome outcome) {}

  private MemoryIntake(int capacity, boolean atOnce) {
    this.capacity = capacity;
    this.atOnce = atOnce;
  }

  /** Stores everything at once. */
  public static MemoryIntake storing() {
    return new MemoryIntake(Integer.MAX_VALUE, true);
  }

  /** Takes so many and tells nothing by itself. */
  public static MemoryIntake silent(int capacity) {
    return new MemoryIntake(capacity, false);
  }

  @Override
  public boolean offer(PackedChunk chunk, SeriesSet set, Arrival arrival, Outcome outcome) {
    synchronized (this) {
      if (offers.size() >= capacity) {
        return false;
      }
      offers.add(new Offer(chunk, set, arrival, outcome));
    }
    if (atOnce) {
      outcome.stored();
    }
    return true;
  }

  @Override
  public boolean offer(HostId host, LostSamples lost, Arrival arrival, Outcome outcome) {
    synchronized (this) {
      gaps.add(new GapOffer(host, lost, outcome));
    }
    if (atOnce) {
      outcome.stored();
    }
    return true;
  }

  @Override
  public Capacity capacity() {
    return new Capacity(20_000, 32L << 20);
  }

  public synchronized List<GapOffer> gaps() {
    return List.copyOf(gaps);
  }

  @Override
  public synchronized void whenRoom(Runnable callback) {
    if (offers.size() < capacity) {
      callback.run();
    } else {
      waiting.add(callback);
    }
  }

  /** Makes room for so many in all. */
  public void widen(int capacity) {
    List<Runnable> callbacks;
    synchronized (this) {
      this.capacity = capacity;
      callbacks = List.copyOf(waiting);
      waiting.clear();
    }
    callbacks.forEach(Runnable::run);
  }

  public synchronized List<Offer> offers() {
    return List.copyOf(offers);
  }
}
