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
import java.util.function.LongSupplier;

/**
 * The readings of the minute that goes on, in memory and in a journal. If the journal cannot be
 * written, the next reading tries to write all of it anew into another; the older stays until that
 * is on disk. Confined to one thread.
 */
final class OpenMinute {
  private final Disk disk;
  private final Discards discards;
  private final LongSupplier journalNumbers;
  private final HostId host;
  private final long startMs;
  private final List<Reading> readings = new ArrayList<>();
  private final List<Discard> files = new ArrayList<>();
  private Optional<String> unsure = Optional.empty();
  private Optional<Journal> journal = Optional.empty();

  /** Opens a minute without readings and without a file. */
  OpenMinute(Disk disk, Discards discards, LongSupplier journalNumbers, HostId host, long startMs) {
    this.disk = disk;
    this.discards = discards;
    this.journalNumbers = journalNumbers;
    this.host = host;
    this.startMs = startMs;
  }

  long startMs() {
    return startMs;
  }

  List<Reading> readings() {
    return readings;
  }

  /** Takes what the journals of an earlier run had; {@link #rewrite} makes them one. */
  void takeIn(List<Reading> recovered, List<Discard> journals) {
    readings.addAll(0, recovered);
    files.addAll(journals);
  }

  /** Writes a journal anew; the older ones go once it is on disk. */
  void rewrite() throws IOException {
    letGo();
    begin(true);
  }

  /**
   * Adds a reading of this minute; it counts also if this fails.
   *
   * @param force whether it has to survive the end of the machine
   */
  void add(Reading reading, boolean force) throws IOException {
    readings.add(reading);
    if (journal.isPresent()) {
      append(journal.get(), reading, force);
    } else {
      begin(force || readings.size() > 1);
    }
  }

  Chunk toChunk() {
    var builder = new ChunkBuilder(new ChunkId(host, Tier.SECOND, startMs));
    for (Reading reading : readings) {
      builder.add(reading.set(), reading.agentStartMs(), reading.sample());
    }
    return builder.build();
  }

  /** The files with readings of this minute. */
  List<Discard> files() {
    List<Discard> all = new ArrayList<>(files);
    unsure.map(Discard::deleted).ifPresent(all::add);
    return all;
  }

  /** Tries again to write readings that are only in memory. */
  void writeUnwritten() throws IOException {
    if (journal.isEmpty()) {
      begin(true);
    }
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

  /** A journal that failed once is not trusted again: nobody knows what of it is on disk. */
  private void append(Journal open, Reading reading, boolean force) throws IOException {
    try {
      open.append(reading);
      if (force) {
        open.force();
      }
    } catch (IOException e) {
      letGo();
      throw e;
    }
  }

  private void begin(boolean durable) throws IOException {
    if (unsure.isEmpty()) {
      unsure = Optional.of(new JournalName(startMs, journalNumbers.getAsLong()).fileName());
    }
    String name = unsure.get();
    journal = Optional.of(Journal.begin(disk, name, host, readings, durable));
    unsure = Optional.empty();
    files.forEach(discards::add);
    files.clear();
    files.add(Discard.deleted(name));
  }
}
