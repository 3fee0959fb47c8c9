// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.agent.sample.Reading;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.HostId;
import io.perfload.common.model.SeriesSet;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the agent keeps until it is acknowledged: the open minute, appended to a file at each
 * reading, and the chunks sealed of minutes that ended. A disk that cannot be written is said once;
 * readings and chunks stay in memory meanwhile, within bounds. The methods about the open minute
 * belong to one thread, the others to any.
 */
public final class Spool {
  private static final Logger LOG = System.getLogger("agent.spool");

  /** After the end of a minute a reading of it may still be on its way here. */
  private static final long GRACE_MS = 2_000;

  private final Disk disk;
  private final HostId host;
  private final InstantSource clock;
  private final boolean forceEach;
  private final SealedChunks chunks;
  private Optional<OpenMinute> open = Optional.empty();
  private final Set<String> journalsToDelete = new LinkedHashSet<>();
  private boolean failing;
  private long damagedRecords;

  private Spool(
      Disk disk, HostId host, SpoolLimits limits, boolean forceEach, InstantSource clock) {
    this.disk = disk;
    this.host = host;
    this.clock = clock;
    this.forceEach = forceEach;
    this.chunks = new SealedChunks(disk, limits, clock);
  }

  /**
   * Opens the spool in {@code directory} and takes in what an earlier run left there. Never fails:
   * what cannot be read is set aside.
   *
   * @param forceEach whether each reading has to survive the end of the machine
   */
  public static Spool open(
      Directory directory,
      HostId host,
      SpoolLimits limits,
      boolean forceEach,
      InstantSource clock) {
    var spool = new Spool(new Disk(directory), host, limits, forceEach, clock);
    spool.recover();
    return spool;
  }

  /** The readings of the open minute so far. */
  public List<Reading> openReadings() {
    return open.map(OpenMinute::readings).map(List::copyOf).orElse(List.of());
  }

  /** Keeps a reading; one of another minute than the last seals that. */
  public void add(Reading reading) {
    long minute = Tier.SECOND.startOf(reading.takenAtMs());
    Optional<OpenMinute> ended = open.filter(current -> current.startMs() != minute);
    OpenMinute current =
        open.filter(same -> same.startMs() == minute)
            .orElseGet(() -> new OpenMinute(disk, host, minute));
    open = Optional.of(current);
    attempt(() -> current.add(reading, forceEach));
    ended.ifPresent(this::seal);
  }

  /** Seals the open minute if it is over. */
  public void sealEnded() {
    long now = clock.millis();
    if (open.isPresent() && now >= open.get().startMs() + Tier.SECOND.spanMs() + GRACE_MS) {
      OpenMinute ended = open.get();
      open = Optional.empty();
      seal(ended);
    }
  }

  /** Leaves the open minute to the next run. */
  public void close() {
    open.ifPresent(current -> attempt(current::close));
    attempt(
        () -> {
          chunks.writeUnwritten();
          deleteJournals();
        });
  }

  /** The first chunk after number {@code after} in the order of sealing. */
  public Optional<SealedChunk> next(long after) {
    return chunks.next(after);
  }

  /** The number of the chunk sealed last; 0 before the first. */
  public long lastNumber() {
    return chunks.lastNumber();
  }

  /** Returns the bytes of a chunk; nothing if it is gone. */
  public Optional<PackedChunk> load(SealedChunk chunk) {
    return chunks.load(chunk);
  }

  /** Returns the set of series of a chunk; nothing if that, and so the chunk, is gone. */
  public Optional<SeriesSet> setOf(SealedChunk chunk) {
    return chunks.setOf(chunk);
  }

  /** The chunk is stored: it need not be kept any longer. */
  public void acknowledge(SealedChunk chunk) {
    chunks.acknowledge(chunk);
  }

  /** The chunk will never be stored: it would only be refused again. */
  public void refuse(SealedChunk chunk, String reason) {
    chunks.refuse(chunk, reason);
  }

  public SpoolStatus status() {
    return chunks.status(damagedRecords);
  }

  private void recover() {
    try {
      List<String> names = disk.names();
      chunks.recover(names);
      for (String name : names) {
        if (name.endsWith(OpenMinute.SUFFIX)) {
          recoverMinute(name);
        }
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void recoverMinute(String name) throws IOException {
    JournalCodec.Recovered recovered = JournalCodec.read(disk.read(name), host);
    if (recovered.damaged() > 0 || recovered.wholeBytes() == 0) {
      damagedRecords += Math.max(1, recovered.damaged());
      LOG.log(
          Level.WARNING,
          "Set a damaged journal aside: file="
              + name
              + " damaged="
              + recovered.damaged()
              + " kept="
              + recovered.readings().size());
      disk.setAside(name);
    }
    if (recovered.readings().isEmpty()) {
      disk.delete(name);
      return;
    }
    proceed(recovered.readings());
  }

  /** A minute that still goes on stays open; others are sealed. */
  private void proceed(List<Reading> readings) {
    long minute = Tier.SECOND.startOf(readings.get(0).takenAtMs());
    var recovered = new OpenMinute(disk, host, minute);
    attempt(() -> recovered.proceed(readings));
    if (minute == Tier.SECOND.startOf(clock.millis())) {
      open = Optional.of(recovered);
    } else {
      seal(recovered);
    }
  }

  private void seal(OpenMinute ended) {
    if (journalsToDelete.size() < SpoolLimits.MAX_UNWRITTEN) {
      journalsToDelete.add(ended.name());
    }
    attempt(ended::letGo);
    attempt(
        () -> {
          chunks.seal(ended.toChunk());
          deleteJournals();
        });
  }

  /** Only when all chunks are written: until then the journals have what would be lost. */
  private void deleteJournals() throws IOException {
    for (String name : List.copyOf(journalsToDelete)) {
      disk.delete(name);
      journalsToDelete.remove(name);
    }
  }

  private void attempt(Write write) {
    try {
      write.run();
      if (failing) {
        failing = false;
        LOG.log(Level.INFO, "The spool can be written again");
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void failed(IOException cause) {
    if (!failing) {
      failing = true;
      LOG.log(
          Level.WARNING, "The spool cannot be written: samples are kept in memory for now", cause);
    }
  }

  @FunctionalInterface
  private interface Write {
    void run() throws IOException;
  }
}
