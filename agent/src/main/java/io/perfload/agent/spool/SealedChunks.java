// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The chunks that nobody has acknowledged yet, in the order they were sealed. One that cannot be
 * written stays in memory and is tried again with the next. Any thread; sealing belongs to one, and
 * does not hold the lock while it waits for the disk.
 */
final class SealedChunks {
  private static final Logger LOG = System.getLogger("agent.spool");

  private final Disk disk;
  private final SpoolLimits limits;
  private final InstantSource clock;
  private final Object lock = new Object();

  // all guarded by lock
  private final TreeMap<Long, SealedChunk> chunks = new TreeMap<>();
  private final TreeMap<Long, PackedChunk> unwritten = new TreeMap<>();
  private final SetFiles sets;
  private final Counters counters = new Counters();
  private Optional<Newest> newest = Optional.empty();
  private long nextNumber = 1;
  private long space;
  private long unwrittenBytes;

  SealedChunks(Disk disk, SpoolLimits limits, InstantSource clock) {
    this.disk = disk;
    this.limits = limits;
    this.clock = clock;
    this.sets = new SetFiles(disk);
  }

  /** Takes in what an earlier run left. */
  void recover(List<String> names) throws IOException {
    synchronized (lock) {
      for (String name : names) {
        if (SetFiles.isName(name)) {
          sets.found(name);
        }
        Optional<SealedChunk> chunk =
            name.endsWith(SealedChunk.SUFFIX)
                ? SealedChunk.ofFile(name, disk.size(name))
                : Optional.empty();
        if (chunk.isPresent()) {
          add(chunk.get());
          counters.found++;
        }
      }
      sets.keepOnly(neededSets());
      dropBeyondLimits();
    }
  }

  /**
   * Packs and keeps {@code chunk}. When this fails the chunk is kept all the same, in memory.
   *
   * @throws IOException when it, or one before it, could not be written
   */
  void seal(Chunk chunk) throws IOException {
    PackedChunk packed = ChunkCodec.pack(chunk);
    synchronized (lock) {
      var sealed =
          new SealedChunk(nextNumber, packed.id().startMs(), packed.set(), packed.bytes().length);
      add(sealed);
      counters.sealed++;
      newest = Optional.of(new Newest(sealed.number(), packed));
      unwritten.put(sealed.number(), packed);
      unwrittenBytes += sealed.bytes();
      dropBeyondLimits();
    }
    try {
      saveSet(chunk.set());
    } finally {
      writeUnwritten();
    }
  }

  /** The first chunk after number {@code after}. */
  Optional<SealedChunk> next(long after) {
    synchronized (lock) {
      return Optional.ofNullable(chunks.higherEntry(after)).map(Map.Entry::getValue);
    }
  }

  /** The number of the newest chunk; 0 if there was none. */
  long lastNumber() {
    synchronized (lock) {
      return nextNumber - 1;
    }
  }

  /** Returns the bytes of a chunk; nothing, and the chunk is gone, if they cannot be read. */
  Optional<PackedChunk> load(SealedChunk chunk) {
    synchronized (lock) {
      if (newest.filter(last -> last.number == chunk.number()).isPresent()) {
        return newest.map(last -> last.packed);
      }
      PackedChunk inMemory = unwritten.get(chunk.number());
      if (inMemory != null || !chunks.containsKey(chunk.number())) {
        return Optional.ofNullable(inMemory);
      }
    }
    try {
      return Optional.of(PackedChunk.of(disk.read(chunk.fileName())));
    } catch (IOException | Malformed e) {
      LOG.log(Level.WARNING, "Set a damaged chunk aside: file=" + chunk.fileName(), e);
      damaged(chunk);
      return Optional.empty();
    }
  }

  /** Returns a set that {@code chunk} needs; nothing, and the chunk is gone, if it is not there. */
  Optional<SeriesSet> setOf(SealedChunk chunk) {
    Optional<SeriesSet> set = Optional.empty();
    synchronized (lock) {
      try {
        set = sets.load(chunk.set());
      } catch (IOException e) {
        LOG.log(Level.WARNING, "Could not read a set of series: hash=" + chunk.set(), e);
      }
    }
    if (set.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "Set a chunk aside whose set of series is missing: file=" + chunk.fileName());
      damaged(chunk);
    }
    return set;
  }

  void acknowledge(SealedChunk chunk) {
    synchronized (lock) {
      counters.acknowledged += remove(chunk) ? 1 : 0;
    }
  }

  /** Drops a chunk that the store will never take. */
  void refuse(SealedChunk chunk, String reason) {
    synchronized (lock) {
      if (remove(chunk) && counters.refused++ == 0) {
        LOG.log(
            Level.WARNING,
            "A chunk was refused and dropped: start="
                + chunk.startMs()
                + " reason="
                + reason
                + " (said once, then counted)");
      }
    }
  }

  SpoolStatus status(long damagedRecords) {
    synchronized (lock) {
      return new SpoolStatus(
          chunks.size(),
          space,
          counters.found,
          counters.sealed,
          counters.acknowledged,
          counters.refused,
          counters.dropped,
          counters.damaged,
          damagedRecords);
    }
  }

  /** Tries again to write what could not be written. */
  void writeUnwritten() throws IOException {
    while (true) {
      Optional<SealedChunk> chunk;
      Optional<PackedChunk> packed;
      synchronized (lock) {
        Optional<Long> number =
            Optional.ofNullable(unwritten.isEmpty() ? null : unwritten.firstKey());
        chunk = number.map(chunks::get);
        packed = number.map(unwritten::get);
      }
      if (chunk.isEmpty() || packed.isEmpty()) {
        return;
      }
      synchronized (lock) {
        sets.saveAgain(chunk.get().set());
      }
      disk.replace(chunk.get().fileName(), ByteBuffer.wrap(packed.get().bytes()), true);
      written(chunk.get());
    }
  }

  private void written(SealedChunk chunk) {
    synchronized (lock) {
      forgetUnwritten(chunk.number());
      if (!chunks.containsKey(chunk.number())) {
        deleteFile(chunk);
      }
    }
  }

  private void saveSet(SeriesSet set) throws IOException {
    synchronized (lock) {
      sets.save(set);
    }
  }

  private void add(SealedChunk chunk) {
    chunks.put(chunk.number(), chunk);
    space += chunk.space();
    nextNumber = Math.max(nextNumber, chunk.number() + 1);
  }

  /** The oldest go first; here is where the time they covered is known to be lost. */
  private void dropBeyondLimits() {
    long oldestMs = clock.millis() - limits.age().toMillis();
    while (!chunks.isEmpty()) {
      SealedChunk oldest = chunks.firstEntry().getValue();
      if (space <= limits.bytes() && oldest.startMs() >= oldestMs) {
        break;
      }
      drop(oldest);
    }
    while (unwritten.size() > SpoolLimits.MAX_UNWRITTEN
        || unwrittenBytes > SpoolLimits.MAX_UNWRITTEN_BYTES) {
      SealedChunk oldest = chunks.get(unwritten.firstKey());
      if (oldest == null) {
        forgetUnwritten(unwritten.firstKey());
      } else {
        drop(oldest);
      }
    }
  }

  private void drop(SealedChunk chunk) {
    if (remove(chunk) && counters.dropped++ == 0) {
      LOG.log(
          Level.WARNING,
          "The spool is full and drops its oldest chunks: start="
              + chunk.startMs()
              + " (said once, then counted)");
    }
  }

  private void damaged(SealedChunk chunk) {
    synchronized (lock) {
      try {
        disk.setAside(chunk.fileName());
      } catch (IOException e) {
        LOG.log(Level.WARNING, "Could not set a chunk aside: file=" + chunk.fileName(), e);
      }
      counters.damaged += remove(chunk) ? 1 : 0;
    }
  }

  private boolean remove(SealedChunk chunk) {
    if (chunks.remove(chunk.number()) == null) {
      return false;
    }
    space -= chunk.space();
    newest = newest.filter(last -> last.number != chunk.number());
    forgetUnwritten(chunk.number());
    deleteFile(chunk);
    if (chunks.values().stream().noneMatch(other -> other.set().equals(chunk.set()))) {
      releaseSet(chunk.set());
    }
    return true;
  }

  private void forgetUnwritten(long number) {
    PackedChunk packed = unwritten.remove(number);
    unwrittenBytes -= packed == null ? 0 : packed.bytes().length;
  }

  private void deleteFile(SealedChunk chunk) {
    try {
      disk.delete(chunk.fileName());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Could not delete a chunk: file=" + chunk.fileName(), e);
    }
  }

  private void releaseSet(SetHash hash) {
    try {
      sets.release(hash);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Could not delete a set of series: hash=" + hash, e);
    }
  }

  private Set<SetHash> neededSets() {
    Set<SetHash> needed = new HashSet<>();
    for (SealedChunk chunk : chunks.values()) {
      needed.add(chunk.set());
    }
    return needed;
  }

  private record Newest(long number, PackedChunk packed) {}

  /** Since the start; guarded by the lock. */
  private static final class Counters {
    private long found;
    private long sealed;
    private long acknowledged;
    private long refused;
    private long dropped;
    private long damaged;
  }
}
