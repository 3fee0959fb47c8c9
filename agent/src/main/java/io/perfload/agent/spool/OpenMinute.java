// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.agent.sample.Reading;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkBuilder;
import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.HostId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The readings of the minute that goes on, in memory and in a journal. If the journal cannot be
 * written, the next reading tries to write all of it anew. Confined to one thread.
 */
final class OpenMinute {
  static final String SUFFIX = ".open";

  private final Disk disk;
  private final HostId host;
  private final long startMs;
  private final List<Reading> readings = new ArrayList<>();
  private Optional<Journal> journal = Optional.empty();

  OpenMinute(Disk disk, HostId host, long startMs) {
    this.disk = disk;
    this.host = host;
    this.startMs = startMs;
  }

  long startMs() {
    return startMs;
  }

  List<Reading> readings() {
    return readings;
  }

  /** Takes what a journal had; writes it anew, without what was damaged. */
  void proceed(List<Reading> recovered) throws IOException {
    readings.addAll(recovered);
    journal = Optional.of(begin(true));
  }

  /**
   * Adds a reading of this minute; it counts also if this fails.
   *
   * @param force whether it has to survive the end of the machine
   */
  void add(Reading reading, boolean force) throws IOException {
    readings.add(reading);
    if (journal.isPresent()) {
      append(journal.get(), reading);
    } else {
      journal = Optional.of(begin(readings.size() > 1));
    }
    if (force && journal.isPresent()) {
      journal.get().force();
    }
  }

  Chunk toChunk() {
    var builder = new ChunkBuilder(new ChunkId(host, Tier.SECOND, startMs));
    for (Reading reading : readings) {
      builder.add(reading.set(), reading.agentStartMs(), reading.sample());
    }
    return builder.build();
  }

  /** Makes what was added survive the end of the machine, and lets go of the file. */
  void close() throws IOException {
    if (journal.isPresent()) {
      try (Journal closed = journal.get()) {
        journal = Optional.empty();
        closed.force();
      }
    }
  }

  /** Lets go of the file, which stays. */
  void letGo() throws IOException {
    if (journal.isPresent()) {
      Journal closed = journal.get();
      journal = Optional.empty();
      closed.close();
    }
  }

  String name() {
    return startMs + SUFFIX;
  }

  private void append(Journal open, Reading reading) throws IOException {
    try {
      open.append(reading);
    } catch (IOException e) {
      journal = Optional.empty();
      open.close();
      throw e;
    }
  }

  private Journal begin(boolean durable) throws IOException {
    return Journal.begin(disk, name(), host, readings, durable);
  }
}
