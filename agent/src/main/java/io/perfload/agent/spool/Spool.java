// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.agent.sample.Reading;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.common.model.SpoolReport;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the agent keeps until it is acknowledged: the open minute, appended to a file at each
 * reading, the chunks sealed of minutes that ended, and the gaps, which tell what could not be
 * kept. A disk that cannot be written is said once; readings, chunks and gaps stay in memory
 * meanwhile, within bounds. What becomes of the disk, and why in that order, is told in
 * docs/rationale.md, "The spool". {@link #add}, {@link #sealEnded}, {@link #beginRun} and {@link
 * #close} belong to one thread and wait for the disk; the others to any, and only {@link #load} and
 * {@link #setOf} wait for it.
 */
public final class Spool {
  private static final Logger LOG = System.getLogger("agent.spool");

  /** After the end of a minute a reading of it may still be on its way here. */
  private static final long GRACE_MS = 2_000;

  /** No journal that we write is longer; one that is need not fit into memory. */
  private static final long MAX_JOURNAL_BYTES = 4L << 20;

  private final Disk disk;
  private final HostId host;
  private final InstantSource clock;
  private final boolean forceEach;
  private final Health health = new Health();
  private final Discards discards;
  private final SetFiles sets;
  private final Gaps gaps;
  private final RunStarts runs;
  private final SealedChunks chunks;
  private Optional<OpenMinute> open = Optional.empty();
  private Optional<IOException> trouble = Optional.empty();
  private boolean recovered;
  private long nextJournal = 1;
  private final AtomicLong damagedRecords = new AtomicLong();

  private Spool(
      Disk disk, HostId host, SpoolLimits limits, boolean forceEach, InstantSource clock) {
    this.disk = disk;
    this.host = host;
    this.clock = clock;
    this.forceEach = forceEach;
    this.discards = new Discards(disk);
    this.sets = new SetFiles(disk);
    this.gaps = new Gaps(disk, host, new GapIds(host, clock.millis()));
    this.runs = new RunStarts(disk);
    this.chunks =
        new SealedChunks(
            new ChunkFiles(disk, host), disk, limits, clock, sets, gaps, discards, health);
  }

  /**
   * Opens the spool in {@code directory} and takes in what an earlier run left there. Never fails:
   * what cannot be read is set aside, and a directory that cannot be listed is tried again.
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
    spool.keep(() -> {});
    return spool;
  }

  /**
   * Returns when a run of the agent that begins now begins: {@code nowMs}, or later than every run
   * this spool knows of.
   */
  public long beginRun(long nowMs) {
    long startMs = runs.begin(nowMs);
    keep(runs::save);
    return startMs;
  }

  /** The readings of the open minute so far. */
  public List<Reading> openReadings() {
    return open.map(OpenMinute::readings).map(List::copyOf).orElse(List.of());
  }

  /** Keeps a reading; one of another minute than the last seals that. */
  public void add(Reading reading) {
    long minute = Tier.SECOND.startOf(reading.takenAtMs());
    keep(
        () -> {
          Optional<OpenMinute> ended = open.filter(current -> current.startMs() != minute);
          if (ended.isPresent() || open.isEmpty()) {
            open = Optional.of(minuteAt(minute));
          }
          OpenMinute current = open.orElseThrow();
          attempt(() -> current.add(reading, forceEach));
          ended.ifPresent(this::seal);
        });
  }

  /** Seals the open minute if it is over, and tidies up. */
  public void sealEnded() {
    keep(
        () -> {
          long now = clock.millis();
          if (open.isPresent() && now >= open.get().startMs() + Tier.SECOND.spanMs() + GRACE_MS) {
            OpenMinute ended = open.get();
            open = Optional.empty();
            seal(ended);
          } else if (open.isPresent()) {
            open.get().writeUnwritten();
          }
        });
  }

  /** Leaves the open minute to the next run. */
  public void close() {
    keep(
        () -> {
          if (open.isPresent()) {
            open.get().writeUnwritten();
            open.get().close();
          }
        });
  }

  /** A reading could not be handed over to this spool and is lost. */
  public void lost(Reading reading) {
    long step = Tier.SECOND.stepMs();
    long from = Math.floorDiv(reading.takenAtMs(), step) * step;
    gaps.lost(from, from + step, 1, LostSamples.Reason.DISK_SLOW);
  }

  /** The first chunk after number {@code after} in the order of sealing. */
  public Optional<SealedChunk> next(long after) {
    return chunks.next(after);
  }

  /** The number of the chunk sealed last; 0 before the first. */
  public long lastNumber() {
    return chunks.lastNumber();
  }

  /** Returns the bytes of a chunk; nothing if it is gone, or cannot be read now. */
  public Optional<PackedChunk> load(SealedChunk chunk) {
    return chunks.load(chunk);
  }

  /** Returns the set of series of a chunk; nothing if that is gone, or cannot be read now. */
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

  /**
   * The oldest gap to tell.
   *
   * @param underWay ids of those that were sent and not answered
   */
  public Optional<LostSamples> nextGap(Set<Long> underWay) {
    return gaps.next(underWay);
  }

  /** The gap is stored as it was sent; if it grew meanwhile it is to be sent again. */
  public void acknowledge(LostSamples gap) {
    gaps.acknowledge(gap);
  }

  /** The gap will never be stored. */
  public void refuse(LostSamples gap) {
    gaps.refuse(gap);
  }

  /** What the server has to know. */
  public SpoolReport report() {
    return new SpoolReport(health.state(clock.millis()), chunks.pending(), chunks.space());
  }

  public SpoolStatus status() {
    return chunks.status(damagedRecords.get());
  }

  /** Does {@code work} between what has to be done each time, and says how the disk is. */
  private void keep(Write work) {
    trouble = Optional.empty();
    if (!recovered) {
      attempt(this::recover);
    }
    attempt(work);
    attempt(chunks::writeUnwritten);
    attempt(chunks::tidy);
    trouble.ifPresentOrElse(cause -> health.failed(cause, clock.millis()), health::wrote);
  }

  private void attempt(Write write) {
    try {
      write.run();
    } catch (IOException e) {
      trouble = trouble.or(() -> Optional.of(e));
    }
  }

  private void recover() throws IOException {
    List<String> names = disk.names();
    recovered = true;
    attempt(gaps::recover);
    attempt(runs::recover);
    chunks.recover(names);
    var minutes = new RecoveredMinutes(clock.millis());
    for (String name : names) {
      JournalName.of(name).ifPresent(journal -> recover(journal, minutes));
    }
    minutes.tellLosses(gaps);
    attempt(gaps::save);
    minutes.minutes().forEach(this::proceed);
  }

  private void recover(JournalName name, RecoveredMinutes minutes) {
    nextJournal = Math.max(nextJournal, name.number() + 1);
    Optional<byte[]> bytes = Optional.empty();
    try {
      if (disk.size(name.fileName()) <= MAX_JOURNAL_BYTES) {
        bytes = Optional.of(disk.read(name.fileName()));
      }
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Could not read a journal: file=" + name.fileName(), e);
    }
    if (bytes.isEmpty()) {
      damaged(name, 1, 0);
      minutes.addUnreadable(name);
      return;
    }
    JournalCodec.Recovered journal = JournalCodec.read(bytes.get(), host, this::knownSet);
    if (journal.damaged() > 0 || journal.readings().isEmpty()) {
      damaged(name, Math.max(1, journal.damaged()), journal.readings().size());
    }
    journal.readings().forEach(reading -> runs.seen(reading.agentStartMs()));
    minutes.add(name, journal);
  }

  private void damaged(JournalName name, int records, int kept) {
    damagedRecords.addAndGet(records);
    LOG.log(
        Level.WARNING,
        "Set a damaged journal aside: file="
            + name.fileName()
            + " damaged="
            + records
            + " kept="
            + kept);
  }

  private Optional<SeriesSet> knownSet(SetHash hash) {
    try {
      return sets.load(hash);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A minute that still goes on stays open; others are sealed. */
  private void proceed(long startMs, RecoveredMinutes.Minute found) {
    if (found.readings().isEmpty()) {
      found.files().forEach(discards::add);
      return;
    }
    Optional<OpenMinute> same = open.filter(current -> current.startMs() == startMs);
    OpenMinute minute = same.orElseGet(() -> minuteAt(startMs));
    minute.takeIn(found.readings(), found.files());
    if (same.isPresent() || (open.isEmpty() && startMs == Tier.SECOND.startOf(clock.millis()))) {
      open = Optional.of(minute);
      attempt(minute::rewrite);
    } else {
      sealUnlessThere(minute);
    }
  }

  private OpenMinute minuteAt(long startMs) {
    return new OpenMinute(disk, discards, () -> nextJournal++, host, startMs);
  }

  /** A chunk that was written before a crash took its journal is not sealed once more. */
  private void sealUnlessThere(OpenMinute found) {
    if (chunks.has(found.toChunk())) {
      found.files().forEach(discards::add);
    } else {
      seal(found);
      attempt(chunks::writeUnwritten);
    }
  }

  private void seal(OpenMinute ended) {
    attempt(ended::letGo);
    chunks.seal(ended.toChunk(), ended.files());
  }

  @FunctionalInterface
  private interface Write {
    void run() throws IOException;
  }
}
