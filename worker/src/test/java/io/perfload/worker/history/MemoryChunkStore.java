// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.PackedChunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Chunks in memory; can be slow, be away, or lose its answers. */
public final class MemoryChunkStore implements ChunkStore {
  /** What happens inside a call. */
  public interface Mishap {
    void strike() throws StoreUnavailable;
  }

  private final Map<ChunkId, Entry> entries = new HashMap<>();
  private OptionalLong swept = OptionalLong.empty();
  private volatile Mishap before = () -> {};
  private volatile Mishap after = () -> {};
  private final Set<ChunkId> poison = new HashSet<>();
  private final Set<ChunkId> failing = new HashSet<>();
  private int calls;

  public static StoreUnavailable unavailable() {
    return new StoreUnavailable("away", new IOException("no route to the store"));
  }

  /** Strikes before anything happened. */
  public void before(Mishap mishap) {
    before = mishap;
  }

  /** Strikes after it happened: the answer is lost. */
  public void after(Mishap mishap) {
    after = mishap;
  }

  /** Whoever offers this, alone or with others, meets an error nobody foresaw. */
  public synchronized void poison(ChunkId id) {
    poison.add(id);
  }

  /** This is not stored for now. */
  public synchronized void failing(ChunkId id, boolean failing) {
    if (failing) {
      this.failing.add(id);
    } else {
      this.failing.remove(id);
    }
  }

  public synchronized int calls() {
    return calls;
  }

  public synchronized int size() {
    return entries.size();
  }

  public synchronized Optional<PackedChunk> stored(ChunkId id) {
    return Optional.ofNullable(entries.get(id)).map(Entry::chunk);
  }

  @Override
  public List<Insertion> insert(List<PackedChunk> chunks, long expiresAtMs)
      throws StoreUnavailable {
    before.strike();
    List<Insertion> outcome = new ArrayList<>();
    synchronized (this) {
      calls++;
      if (chunks.stream().anyMatch(chunk -> poison.contains(chunk.id()))) {
        throw new IllegalStateException("poison");
      }
      for (PackedChunk chunk : chunks) {
        if (failing.contains(chunk.id())) {
          outcome.add(Insertion.FAILED);
          continue;
        }
        boolean free = entries.putIfAbsent(chunk.id(), new Entry(chunk, 0, expiresAtMs)) == null;
        outcome.add(free ? Insertion.STORED : Insertion.TAKEN);
      }
    }
    after.strike();
    return outcome;
  }

  @Override
  public Map<ChunkId, Found> find(Collection<ChunkId> ids) throws StoreUnavailable {
    before.strike();
    Map<ChunkId, Found> found = new HashMap<>();
    synchronized (this) {
      calls++;
      for (ChunkId id : ids) {
        Entry entry = entries.get(id);
        if (entry != null) {
          found.put(id, new Found(entry.rev(), Optional.of(entry.chunk())));
        }
      }
    }
    after.strike();
    return found;
  }

  @Override
  public boolean replace(PackedChunk chunk, long rev, long expiresAtMs) throws StoreUnavailable {
    before.strike();
    boolean matches;
    synchronized (this) {
      calls++;
      Entry entry = entries.get(chunk.id());
      matches = entry != null && entry.rev() == rev;
      if (matches) {
        entries.put(chunk.id(), new Entry(chunk, rev + 1, expiresAtMs));
      }
    }
    after.strike();
    return matches;
  }

  @Override
  public synchronized long deleteExpired(Collection<ChunkId> ids, long nowMs)
      throws StoreUnavailable {
    before.strike();
    long size = entries.size();
    for (ChunkId id : ids) {
      Entry entry = entries.get(id);
      if (entry != null && entry.expiresAtMs() < nowMs) {
        entries.remove(id);
      }
    }
    return size - entries.size();
  }

  @Override
  public synchronized OptionalLong sweptUntil() throws StoreUnavailable {
    before.strike();
    return swept;
  }

  @Override
  public synchronized boolean claimSweep(OptionalLong from, long to) throws StoreUnavailable {
    before.strike();
    if (!from.equals(swept)) {
      return false;
    }
    swept = OptionalLong.of(to);
    return true;
  }

  private record Entry(PackedChunk chunk, long rev, long expiresAtMs) {}
}
