// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.common.wire.FrameKind;
import io.perfload.common.wire.SeriesSetCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sets of series that chunks in the spool need: each in a file of its own, the newest also in
 * memory. A set is its own checksum: it is named by its hash. Any thread; what writes belongs to
 * one and does not keep the others waiting.
 */
final class SetFiles {
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{16})([0-9a-f]{16})\\.series");
  private static final int MAX_BYTES = FrameKind.SERIES.maxPayload();

  private final Disk disk;

  // guarded by this
  private final Map<SetHash, Integer> saved = new HashMap<>();
  private final Map<SetHash, SeriesSet> unsaved = new HashMap<>();
  private Optional<SeriesSet> newest = Optional.empty();
  private long space;

  SetFiles(Disk disk) {
    this.disk = disk;
  }

  /** Takes note of a file; false if it is no set's. */
  boolean found(String name, long bytes) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return false;
    }
    var hash =
        new SetHash(
            Long.parseUnsignedLong(matcher.group(1), 16),
            Long.parseUnsignedLong(matcher.group(2), 16));
    isSaved(hash, (int) Math.min(bytes, Integer.MAX_VALUE));
    return true;
  }

  /** Space on disk. */
  synchronized long space() {
    return space;
  }

  /** Space on disk of one set; 0 if it has no file. */
  synchronized long spaceOf(SetHash hash) {
    Integer bytes = saved.get(hash);
    return bytes == null ? 0 : Disk.space(bytes);
  }

  /** From now on {@code set} can be loaded; {@link #save} puts it on disk. */
  synchronized void add(SeriesSet set) {
    newest = Optional.of(set);
    if (!saved.containsKey(set.hash())) {
      unsaved.put(set.hash(), set);
    }
  }

  /** Saves a set that was added; until that succeeds it stays in memory. */
  void save(SetHash hash) throws IOException {
    SeriesSet set;
    synchronized (this) {
      if (!unsaved.containsKey(hash)) {
        return;
      }
      set = unsaved.get(hash);
    }
    var bytes = new ByteWriter(4096);
    SeriesSetCodec.write(set, bytes);
    disk.replace(name(hash), bytes.view(), true);
    isSaved(hash, bytes.size());
  }

  /**
   * Returns the set of that hash; nothing if it is not there or was damaged.
   *
   * @throws IOException when it cannot be read now
   */
  Optional<SeriesSet> load(SetHash hash) throws IOException {
    synchronized (this) {
      if (newest.filter(set -> set.hash().equals(hash)).isPresent()) {
        return newest;
      }
      if (unsaved.containsKey(hash)) {
        return Optional.of(unsaved.get(hash));
      }
      if (!saved.containsKey(hash)) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(read(hash));
    } catch (Malformed e) {
      forget(hash);
      disk.setAside(name(hash));
    } catch (NoSuchFileException e) {
      forget(hash);
    }
    return Optional.empty();
  }

  /** Deletes a set that no chunk needs, unless it is the newest. */
  void release(SetHash hash) throws IOException {
    if (isNewest(hash)) {
      return;
    }
    disk.delete(name(hash));
    forget(hash);
  }

  /** All that have a file. */
  synchronized List<SetHash> onDisk() {
    return List.copyOf(saved.keySet());
  }

  private synchronized boolean isNewest(SetHash hash) {
    return newest.filter(set -> set.hash().equals(hash)).isPresent();
  }

  private synchronized void isSaved(SetHash hash, int bytes) {
    unsaved.remove(hash);
    Integer before = saved.put(hash, bytes);
    space += Disk.space(bytes) - (before == null ? 0 : Disk.space(before));
  }

  private synchronized void forget(SetHash hash) {
    unsaved.remove(hash);
    Integer bytes = saved.remove(hash);
    space -= bytes == null ? 0 : Disk.space(bytes);
  }

  private SeriesSet read(SetHash hash) throws IOException, Malformed {
    if (disk.size(name(hash)) > MAX_BYTES) {
      throw new Malformed(Fault.LENGTH, "a set of series too long");
    }
    var in = new ByteReader(ByteBuffer.wrap(disk.read(name(hash))));
    SeriesSet set = SeriesSetCodec.read(in);
    in.end();
    if (!set.hash().equals(hash)) {
      throw new Malformed(Fault.CHECKSUM, "a set that is not the one it is named after");
    }
    return set;
  }

  private static String name(SetHash hash) {
    return hash + ".series";
  }
}
