// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import static java.util.Objects.requireNonNull;

import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The chunks that nobody has acknowledged yet, in the order they were sealed. One that cannot be
 * written stays in memory and is tried again with the next. Any thread; what writes belongs to one
 * and does not hold the lock meanwhile. The locks of sets, gaps, discards and health are taken
 * within this one, never the other way round.
 */
final class SealedChunks {
  private static final Logger LOG = System.getLogger("agent.spool");

  private final ChunkFiles files;
  private final Disk disk;
  private final SpoolLimits limits;
  private final InstantSource clock;
  private final SetFiles sets;
  private final Gaps gaps;
  private final Discards discards;

  /** Files whose samples are lost: they go once it is on disk that these are. */
  private final Discards untold;

  private final Health health;
  private final Object lock = new Object();

  // all guarded by lock
  private final TreeMap<Long, SealedChunk> chunks = new TreeMap<>();
  private final Unwritten unwritten = new Unwritten();
  private final Map<SetHash, Integer> uses = new HashMap<>();
  private final Set<SetHash> unused = new LinkedHashSet<>();
  private final Counters counters = new Counters();
  private Optional<Newest> newest = Optional.empty();
  private long nextNumber = 1;
  private long space;

  SealedChunks(
      ChunkFiles files,
      Disk disk,
      SpoolLimits limits,
      InstantSource clock,
      SetFiles sets,
      Gaps gaps,
      Discards discards,
      Health health) {
    this.files = files;
    this.disk = disk;
    this.limits = limits;
    this.clock = clock;
    this.sets = sets;
    this.gaps = gaps;
    this.discards = discards;
    this.untold = new Discards(disk);
    this.health = health;
  }

  /** Takes in the files an earlier run left. */
  void recover(List<String> names) {
    List<SealedChunk> found = new ArrayList<>();
    for (String name : names) {
      if (name.endsWith(SealedChunk.SUFFIX)) {
        SealedChunk.ofFile(name, sizeOf(name)).ifPresent(found::add);
      } else {
        sets.found(name, sizeOf(name));
      }
    }
    found.sort(Comparator.comparingLong(SealedChunk::filed));
    synchronized (lock) {
      for (SealedChunk chunk : found) {
        add(chunk.numbered(Math.max(nextNumber, chunk.filed())));
        counters.found++;
      }
      sets.onDisk().stream().filter(hash -> !uses.containsKey(hash)).forEach(unused::add);
      fileUnwrittenAnew();
      dropBeyondLimits();
    }
  }

  /**
   * Packs and keeps {@code chunk}; {@link #writeUnwritten} puts it on disk.
   *
   * @param journals have its readings, and are to go once it is on disk
   */
  void seal(Chunk chunk, List<Discard> journals) {
    PackedChunk packed = ChunkCodec.pack(chunk);
    synchronized (lock) {
      var sealed =
          new SealedChunk(
              nextNumber,
              nextNumber,
              packed.id().startMs(),
              chunk.readings(),
              packed.set(),
              packed.bytes().length);
      sets.add(chunk.set());
      add(sealed);
      counters.sealed++;
      newest = Optional.of(new Newest(sealed.number(), packed));
      unwritten.put(sealed.number(), packed, journals);
      dropBeyondLimits();
    }
  }

  /** Whether a file has the very bytes that {@code chunk} would be sealed to. */
  boolean has(Chunk chunk) {
    byte[] packed = ChunkCodec.pack(chunk).bytes();
    List<SealedChunk> alike;
    synchronized (lock) {
      alike =
          chunks.values().stream()
              .filter(other -> other.startMs() == chunk.id().startMs())
              .filter(other -> other.bytes() == packed.length)
              .filter(other -> !unwritten.contains(other.number()))
              .toList();
    }
    for (SealedChunk other : alike) {
      try {
        if (Arrays.equals(files.read(other).bytes(), packed)) {
          return true;
        }
      } catch (IOException | Malformed e) {
        LOG.log(Level.DEBUG, "Not comparable: file={0}", other.fileName());
      }
    }
    return false;
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

  /**
   * Returns the bytes of a chunk; nothing if they cannot be read now, or never again: then the
   * chunk is gone.
   */
  Optional<PackedChunk> load(SealedChunk wanted) {
    SealedChunk chunk;
    synchronized (lock) {
      if (newest.filter(last -> last.number == wanted.number()).isPresent()) {
        return newest.map(last -> last.packed);
      }
      Optional<PackedChunk> inMemory = unwritten.get(wanted.number());
      if (inMemory.isPresent() || !chunks.containsKey(wanted.number())) {
        return inMemory;
      }
      chunk = requireNonNull(chunks.get(wanted.number()), "chunk");
    }
    try {
      return Optional.of(files.read(chunk));
    } catch (Malformed e) {
      damaged(chunk, e, e.fault() == Fault.ORDER);
    } catch (IOException e) {
      cannotRead(chunk, e);
    }
    return Optional.empty();
  }

  /** Returns the set {@code chunk} needs; nothing as for {@link #load}. */
  Optional<SeriesSet> setOf(SealedChunk chunk) {
    try {
      Optional<SeriesSet> set = sets.load(chunk.set());
      if (set.isEmpty()) {
        damaged(chunk, new Malformed(Fault.ORDER, "its set of series is missing"), false);
      }
      return set;
    } catch (IOException e) {
      cannotRead(chunk, e);
      return Optional.empty();
    }
  }

  void acknowledge(SealedChunk chunk) {
    synchronized (lock) {
      if (chunks.containsKey(chunk.number())) {
        discard(chunk.number(), discards);
        counters.acknowledged++;
      }
    }
  }

  /** Drops a chunk that the store will never take. */
  void refuse(SealedChunk chunk, String reason) {
    synchronized (lock) {
      if (!chunks.containsKey(chunk.number())) {
        return;
      }
      tell(chunk, LostSamples.Reason.REFUSED);
      discard(chunk.number(), untold);
      if (counters.refused++ == 0) {
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

  int pending() {
    synchronized (lock) {
      return chunks.size();
    }
  }

  /** Space on disk, that of sets of series included. */
  long space() {
    synchronized (lock) {
      return space + sets.space();
    }
  }

  SpoolStatus status(long damagedRecords) {
    synchronized (lock) {
      return new SpoolStatus(
          chunks.size(),
          space + sets.space(),
          counters.found,
          counters.sealed,
          counters.acknowledged,
          counters.refused,
          counters.dropped,
          counters.damaged,
          damagedRecords,
          gaps.status());
    }
  }

  /** Writes what is not on disk yet, its set of series first. */
  void writeUnwritten() throws IOException {
    Optional<SealedChunk> next = firstUnwritten();
    while (next.isPresent()) {
      SealedChunk chunk = next.get();
      Optional<PackedChunk> packed = load(chunk);
      if (packed.isPresent()) {
        sets.save(chunk.set());
        files.write(chunk, packed.get());
        written(chunk);
      }
      next = firstUnwritten();
    }
  }

  /**
   * Lets files go that are not needed any longer; those that have what was lost, once it is on disk
   * that it was. Where that cannot be written, one of the others may make the room for it.
   */
  void tidy() throws IOException {
    int told = untold.waiting();
    while (!saveGaps()) {
      // one file less each time
    }
    for (int i = 0; i < told; i++) {
      untold.one();
    }
    while (discards.one()) {
      // each call discards one
    }
    releaseSets();
  }

  private boolean saveGaps() throws IOException {
    try {
      gaps.save();
      return true;
    } catch (IOException e) {
      if (!discards.one()) {
        throw e;
      }
      return false;
    }
  }

  /** A chunk must not come back after a crash without the set that went after it. */
  private void releaseSets() throws IOException {
    List<SetHash> toRelease;
    synchronized (lock) {
      if (untold.waiting() > 0) {
        return;
      }
      unused.removeIf(uses::containsKey);
      toRelease = List.copyOf(unused);
    }
    if (toRelease.isEmpty()) {
      return;
    }
    disk.syncNames();
    for (SetHash hash : toRelease) {
      sets.release(hash);
    }
    synchronized (lock) {
      toRelease.forEach(unused::remove);
    }
  }

  private long sizeOf(String name) {
    try {
      return disk.size(name);
    } catch (IOException e) {
      return 0;
    }
  }

  private Optional<SealedChunk> firstUnwritten() {
    synchronized (lock) {
      return unwritten.first().map(chunks::get);
    }
  }

  private void written(SealedChunk chunk) {
    synchronized (lock) {
      if (chunks.containsKey(chunk.number())) {
        unwritten.remove(chunk.number()).forEach(discards::add);
      } else {
        untold.add(Discard.deleted(chunk.fileName()));
      }
    }
  }

  private void add(SealedChunk chunk) {
    chunks.put(chunk.number(), chunk);
    uses.merge(chunk.set(), 1, Integer::sum);
    space += chunk.space();
    nextNumber = chunk.number() + 1;
  }

  /** Names are given before files that were there are known, if these could be listed only late. */
  private void fileUnwrittenAnew() {
    for (SealedChunk chunk : List.copyOf(chunks.values())) {
      if (unwritten.contains(chunk.number())) {
        chunks.put(chunk.number(), chunk.filedAs(nextNumber++));
      }
    }
  }

  /** The oldest go first. Age is counted in chunks: a clock that is set empties nothing. */
  private void dropBeyondLimits() {
    while (chunks.size() > limits.chunks() || isOverBytes()) {
      drop(chunks.firstEntry().getValue());
    }
    while (unwritten.isOverLimits()) {
      unwritten.first().map(chunks::get).ifPresent(this::drop);
    }
  }

  private boolean isOverBytes() {
    long leaving = unused.stream().mapToLong(sets::spaceOf).sum();
    return !chunks.isEmpty() && space + sets.space() - leaving > limits.bytes();
  }

  private void drop(SealedChunk chunk) {
    tell(chunk, LostSamples.Reason.SPOOL_FULL);
    discard(chunk.number(), untold);
    counters.dropped++;
    health.dropped(chunk.startMs(), clock.millis());
  }

  private void cannotRead(SealedChunk chunk, IOException cause) {
    if (cause instanceof FileSystemException && !(cause instanceof NoSuchFileException)) {
      // it could not even be opened: no descriptors left, no permission; another time
      LOG.log(Level.WARNING, "Could not open a chunk: file=" + chunk.fileName(), cause);
      return;
    }
    damaged(chunk, cause, false);
  }

  private void damaged(SealedChunk chunk, Exception cause, boolean foreign) {
    synchronized (lock) {
      if (!chunks.containsKey(chunk.number())) {
        return;
      }
      if (!foreign) {
        tell(chunk, LostSamples.Reason.DAMAGED);
      }
      SealedChunk removed = remove(chunk.number(), untold);
      untold.add(new Discard(removed.fileName(), true));
      counters.damaged++;
    }
    LOG.log(Level.WARNING, "Set a damaged chunk aside: file=" + chunk.fileName(), cause);
  }

  private void tell(SealedChunk chunk, LostSamples.Reason reason) {
    long end = chunk.startMs() + Tier.SECOND.spanMs();
    gaps.lost(chunk.startMs(), end, chunk.readings(), reason);
  }

  private void discard(long number, Discards to) {
    boolean written = !unwritten.contains(number);
    SealedChunk removed = remove(number, to);
    if (written) {
      to.add(Discard.deleted(removed.fileName()));
    }
  }

  private SealedChunk remove(long number, Discards to) {
    SealedChunk removed = requireNonNull(chunks.remove(number), "chunk");
    space -= removed.space();
    newest = newest.filter(last -> last.number != number);
    unwritten.remove(number).forEach(to::add);
    if (uses.merge(removed.set(), -1, Integer::sum) == 0) {
      uses.remove(removed.set());
      unused.add(removed.set());
    }
    return removed;
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
