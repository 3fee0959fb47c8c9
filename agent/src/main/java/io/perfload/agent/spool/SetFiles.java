// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.common.wire.SeriesSetCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sets of series that chunks in the spool need: each in a file of its own, the newest also in
 * memory. A set is its own checksum: it is named by its hash. Guarded by its owner.
 */
final class SetFiles {
  private static final String SUFFIX = ".series";

  private final Disk disk;
  private final Set<SetHash> saved = new HashSet<>();
  private final Map<SetHash, SeriesSet> unsaved = new HashMap<>();
  private Optional<SeriesSet> newest = Optional.empty();

  SetFiles(Disk disk) {
    this.disk = disk;
  }

  static boolean isName(String name) {
    return name.endsWith(SUFFIX);
  }

  void found(String name) {
    saved.add(hashOf(name));
  }

  /** Saves {@code set}; until that succeeds it stays in memory. */
  void save(SeriesSet set) throws IOException {
    newest = Optional.of(set);
    if (!saved.contains(set.hash())) {
      unsaved.put(set.hash(), set);
      var bytes = new ByteWriter(4096);
      SeriesSetCodec.write(set, bytes);
      disk.replace(name(set.hash()), bytes.view(), true);
      saved.add(set.hash());
      unsaved.remove(set.hash());
    }
  }

  /** Tries again to save a set that could not be saved. */
  void saveAgain(SetHash hash) throws IOException {
    SeriesSet set = unsaved.get(hash);
    if (set != null) {
      save(set);
    }
  }

  /** Returns the set of that hash; nothing if it is not there or was damaged. */
  Optional<SeriesSet> load(SetHash hash) throws IOException {
    if (newest.filter(set -> set.hash().equals(hash)).isPresent()) {
      return newest;
    }
    SeriesSet inMemory = unsaved.get(hash);
    if (inMemory != null) {
      return Optional.of(inMemory);
    }
    if (!saved.contains(hash)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(hash));
    } catch (Malformed e) {
      saved.remove(hash);
      disk.setAside(name(hash));
      return Optional.empty();
    }
  }

  /** Forgets a set that no chunk needs, unless it is the newest. */
  void release(SetHash hash) throws IOException {
    if (newest.filter(set -> set.hash().equals(hash)).isEmpty()) {
      unsaved.remove(hash);
      saved.remove(hash);
      disk.delete(name(hash));
    }
  }

  /** Forgets all sets but those of {@code needed}. */
  void keepOnly(Set<SetHash> needed) throws IOException {
    for (SetHash hash : Set.copyOf(saved)) {
      if (!needed.contains(hash)) {
        release(hash);
      }
    }
  }

  private SeriesSet read(SetHash hash) throws IOException, Malformed {
    var in = new ByteReader(ByteBuffer.wrap(disk.read(name(hash))));
    SeriesSet set = SeriesSetCodec.read(in);
    in.end();
    if (!set.hash().equals(hash)) {
      throw new Malformed(Fault.CHECKSUM, "a set that is not the one it is named after");
    }
    return set;
  }

  private static String name(SetHash hash) {
    return hash + SUFFIX;
  }

  private static SetHash hashOf(String name) {
    try {
      return new SetHash(
          Long.parseUnsignedLong(name, 0, 16, 16), Long.parseUnsignedLong(name, 16, 32, 16));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return new SetHash(0, 0);
    }
  }
}
