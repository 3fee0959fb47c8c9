// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.LostSamples.Reason;
import io.perfload.common.model.SpoolReport.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every way to lose a sample is told as a gap; what is no loss is not. */
class SpoolLossTest {
  private static final SpoolLimits ROOMY = new SpoolLimits(64 << 20, Duration.ofHours(24));
  private static final long MINUTE = Readings.MINUTE;

  private CrashingDirectory directory = new CrashingDirectory();
  private long nowMs = MINUTE;

  @Test
  void oldestMinutesOfASpoolWithTooManyAreOneGap() {
    Spool spool = open(new SpoolLimits(64 << 20, Duration.ofMinutes(3)));
    feed(spool, 0, 361);

    assertGap(spool, MINUTE, MINUTE + 180_000, 180, Reason.SPOOL_FULL);
    assertThat(spool.report().state()).isEqualTo(State.DROPPING);
    assertThat(directory.names()).contains(Gaps.FILE);
  }

  @Test
  void oldestMinutesOfASpoolWithTooManyBytesAreAGap() {
    Spool spool = open(new SpoolLimits(4 * 4096, Duration.ofHours(24)));
    feed(spool, 0, 301);

    assertGap(spool, MINUTE, MINUTE + 120_000, 120, Reason.SPOOL_FULL);
  }

  @Test
  void clockThatIsSetByDaysDropsNothing() {
    Spool spool = open(new SpoolLimits(64 << 20, Duration.ofHours(1)));
    feed(spool, 0, 121);
    nowMs += Duration.ofDays(3).toMillis();
    spool.sealEnded();
    assertThat(open(new SpoolLimits(64 << 20, Duration.ofHours(1))).status().pending())
        .isEqualTo(3);
    nowMs -= Duration.ofDays(9).toMillis();
    spool = open(new SpoolLimits(64 << 20, Duration.ofHours(1)));

    assertThat(spool.status().pending()).isEqualTo(3);
    assertThat(SpoolLife.gapsOf(spool)).isEmpty();
  }

  @Test
  void refusedMinuteIsAGap() {
    Spool spool = open(ROOMY);
    feed(spool, 5, 61);
    spool.refuse(spool.next(0).orElseThrow(), "time: too old");

    assertGap(spool, MINUTE, MINUTE + 60_000, 55, Reason.REFUSED);
  }

  @Test
  void refusedMinuteComesBackOrItsGapIsThere() {
    Spool spool = open(ROOMY);
    feed(spool, 0, 61);
    spool.refuse(spool.next(0).orElseThrow(), "time: too old");
    directory = directory.afterProcess();
    assertThat(open(ROOMY).next(0)).as("the gap was not on disk yet").isPresent();

    spool.sealEnded();
    Spool again = open(ROOMY);
    assertThat(again.next(0)).isPresent();
  }

  @Test
  void damagedChunkIsAGapOfAsManySamplesAsItsNameTells() throws Exception {
    feed(open(ROOMY), 0, 121);
    Spool spool = open(ROOMY);
    SealedChunk first = spool.next(0).orElseThrow();
    flip(first.fileName(), 40);

    assertThat(spool.load(first)).isEmpty();
    spool.sealEnded();

    assertGap(spool, MINUTE, MINUTE + 60_000, 60, Reason.DAMAGED);
    assertThat(directory.names()).contains(first.fileName() + ".damaged");
  }

  @Test
  void chunksOfADamagedSetAreAGap() throws Exception {
    feed(open(ROOMY), 0, 181);
    String set = named(".series");
    nowMs = MINUTE + 600_000;
    open(ROOMY);
    flip(set, 3);
    Spool spool = open(ROOMY);

    Optional<SealedChunk> next = spool.next(0);
    while (next.isPresent()) {
      assertThat(spool.setOf(next.get())).isEmpty();
      next = spool.next(next.get().number());
    }

    assertGap(spool, MINUTE, MINUTE + 240_000, 181, Reason.DAMAGED);
  }

  @Test
  void damagedRecordIsAGapOfItsSecond() throws Exception {
    feed(open(ROOMY), 0, 10);
    byte[] bytes = directory.read(named(".open"));
    flip(named(".open"), bytes.length / 2);

    Spool spool = open(ROOMY);

    List<LostSamples> gaps = SpoolLife.gapsOf(spool);
    assertThat(gaps).hasSize(1);
    assertThat(gaps.get(0).samples()).isEqualTo(1);
    assertThat(gaps.get(0).toMs() - gaps.get(0).fromMs()).isEqualTo(1000);
    assertThat(spool.openReadings())
        .noneMatch(reading -> reading.takenAtMs() == gaps.get(0).fromMs());
  }

  @Test
  void everyBitFlippedInAJournalLosesNothingWithoutAGap() throws Exception {
    feed(open(ROOMY), 0, 4);
    String journal = named(".open");
    byte[] whole = directory.read(journal);
    nowMs = MINUTE + 4_000;
    for (int i = 0; i < whole.length * 8; i++) {
      byte[] flipped = whole.clone();
      flipped[i / 8] ^= (byte) (1 << (i % 8));
      directory = new CrashingDirectory();
      directory.overwrite(journal, flipped);

      Spool spool = open(ROOMY);

      for (int second = 0; second < 4; second++) {
        var reading = Readings.at(second);
        boolean told =
            SpoolLife.gapsOf(spool).stream()
                .anyMatch(
                    gap -> gap.fromMs() <= reading.takenAtMs() && reading.takenAtMs() < gap.toMs());
        assertThat(told || spool.openReadings().contains(reading))
            .as("bit " + i + " second " + second)
            .isTrue();
      }
    }
  }

  @Test
  void journalOfWhichNothingCanBeReadIsAGapOfItsMinute() throws Exception {
    feed(open(ROOMY), 0, 10);
    directory.overwrite(named(".open"), new byte[500]);
    nowMs = MINUTE + 300_000;

    Spool spool = open(ROOMY);

    assertGap(spool, MINUTE, MINUTE + 60_000, 0, Reason.DAMAGED);
  }

  @Test
  void journalThatIsTooLongIsNotRead() {
    directory.overwrite(new JournalName(MINUTE, 1).fileName(), new byte[5 << 20]);
    nowMs = MINUTE + 300_000;

    Spool spool = open(ROOMY);

    assertGap(spool, MINUTE, MINUTE + 60_000, 0, Reason.DAMAGED);
    assertThat(spool.status().damagedRecords()).isEqualTo(1);
  }

  @Test
  void tornRecordThatWasWrittenAnewIsNoGap() {
    Spool spool = open(ROOMY);
    feed(spool, 0, 5);
    directory.full(true);
    feed(spool, 5, 6);
    directory.full(false);
    feed(spool, 6, 8);

    Spool again = open(ROOMY);

    assertThat(again.openReadings()).hasSize(8);
    assertThat(SpoolLife.gapsOf(again)).isEmpty();
  }

  @Test
  void fullDiskForHoursIsAGapOfWhatMemoryCannotHold() throws Exception {
    Spool spool = open(ROOMY);
    feed(spool, 0, 1);
    directory.full(true);
    for (int minute = 1; minute <= SpoolLimits.MAX_UNWRITTEN + 10; minute++) {
      add(spool, minute * 60);
    }
    assertThat(spool.report().state()).isEqualTo(State.DROPPING);
    assertGap(spool, MINUTE, MINUTE + 600_000, 10, Reason.SPOOL_FULL);

    directory.full(false);
    add(spool, 300 * 60);

    assertThat(SpoolLife.gapsOf(open(ROOMY))).isEqualTo(SpoolLife.gapsOf(spool));
    assertThat(SpoolLife.chunksOf(open(ROOMY)).size()).isEqualTo(SpoolLimits.MAX_UNWRITTEN);
  }

  @Test
  void minuteThatIsDroppedStaysOnAFullDiskUntilItsGapIsThere() throws Exception {
    Spool spool = open(new SpoolLimits(64 << 20, Duration.ofMinutes(3)));
    feed(spool, 0, 180);
    directory.full(true);
    feed(spool, 180, 301);
    assertGap(spool, MINUTE, MINUTE + 120_000, 120, Reason.SPOOL_FULL);
    directory = directory.afterProcess();

    assertThat(SpoolLife.chunksOf(open(ROOMY))).contains(Readings.at(0), Readings.at(119));
  }

  @Test
  void fullDiskIsToldUntilItHasRoomForAWhile() {
    Spool spool = open(ROOMY);
    directory.full(true);
    feed(spool, 0, 2);
    assertThat(spool.report().state()).isEqualTo(State.MEMORY);
    directory.full(false);
    feed(spool, 2, 10);
    assertThat(spool.report().state()).isEqualTo(State.MEMORY);
    feed(spool, 10, 40);
    assertThat(spool.report().state()).isEqualTo(State.OK);
  }

  @Test
  void twoFilesThatClaimOneNumberAreBothKept() throws Exception {
    feed(open(ROOMY), 0, 61);
    CrashingDirectory early = directory;
    String first = named(".chunk");
    directory = new CrashingDirectory();
    feed(open(ROOMY), 60, 121);
    directory.overwrite(first, early.read(first));

    Spool spool = open(ROOMY);

    assertThat(SpoolLife.chunksOf(spool)).hasSize(120);
    feed(spool, 121, 182);
    assertThat(SpoolLife.chunksOf(open(ROOMY))).hasSize(180);
  }

  @Test
  void chunkOfAnotherHostIsSetAsideAndNoGapOfThisOne() throws Exception {
    feed(open(ROOMY), 0, 61);
    nowMs = MINUTE + 600_000;

    Spool other = Spool.open(directory, HostId.of(9, 9), ROOMY, false, this::now);

    assertThat(SpoolLife.chunksOf(other)).isEmpty();
    assertThat(SpoolLife.gapsOf(other)).isEmpty();
    assertThat(other.status().damaged()).isEqualTo(1);
  }

  @Test
  void namesThatAreNotOursAreLeftAlone() {
    List<String> names =
        List.of(
            "notes.txt",
            "1-2-3.chunk",
            "9999999999999999-1740000000000-60-00000000000000000000000000000000.chunk",
            "0000000000000001-1740000000001-60-00000000000000000000000000000000.chunk",
            "x.series",
            "17400000-x.open");
    names.forEach(name -> directory.overwrite(name, new byte[] {1}));

    feed(open(ROOMY), 0, 61);

    assertThat(directory.names()).containsAll(names);
    assertThat(open(ROOMY).status().pending()).isEqualTo(1);
  }

  @Test
  void directoryThatCanBeListedOnlyLaterIsTakenInThen() throws Exception {
    feed(open(ROOMY), 0, 70);
    var late = new UnlistedDirectory(directory);
    nowMs = MINUTE + 90_000;
    Spool spool = Spool.open(late, Readings.HOST, ROOMY, false, this::now);
    feed(spool, 100, 121);
    assertThat(spool.status().pending()).as("only what is in memory").isEqualTo(1);
    assertThat(spool.report().state()).isEqualTo(State.MEMORY);

    late.listed = true;
    feed(spool, 121, 122);

    assertThat(SpoolLife.chunksOf(spool)).hasSize(60 + 10 + 20);
    assertThat(SpoolLife.chunksOf(open(ROOMY))).hasSize(60 + 10 + 20);
  }

  @Test
  void laterRunIsLaterAlsoWhenTheClockWasSetBack() {
    long first = open(ROOMY).beginRun(nowMs);
    nowMs -= 7_200_000;

    long second = open(ROOMY).beginRun(nowMs);

    assertThat(second).isGreaterThan(first);
  }

  private Instant now() {
    return Instant.ofEpochMilli(nowMs);
  }

  private Spool open(SpoolLimits limits) {
    return Spool.open(directory, Readings.HOST, limits, false, this::now);
  }

  private void feed(Spool spool, int from, int to) {
    for (int second = from; second < to; second++) {
      add(spool, second);
    }
  }

  private void add(Spool spool, int second) {
    nowMs = Math.max(nowMs, MINUTE + second * 1000L);
    spool.add(Readings.at(second));
  }

  private String named(String suffix) {
    return directory.names().stream()
        .filter(name -> name.endsWith(suffix))
        .findFirst()
        .orElseThrow();
  }

  private void flip(String name, int index) throws IOException {
    byte[] bytes = directory.read(name);
    bytes[index] ^= 4;
    directory.overwrite(name, bytes);
  }

  private static void assertGap(Spool spool, long from, long to, long samples, Reason reason) {
    List<LostSamples> gaps = SpoolLife.gapsOf(spool);
    assertThat(gaps).containsExactly(new LostSamples(gaps.get(0).id(), from, to, samples, reason));
  }

  /** Cannot be listed, until it can. */
  private static final class UnlistedDirectory implements Directory {
    private final Directory inner;
    private boolean listed;

    UnlistedDirectory(Directory inner) {
      this.inner = inner;
    }

    @Override
    public List<String> names() throws IOException {
      if (!listed) {
        throw new IOException("Input/output error");
      }
      return new ArrayList<>(inner.names());
    }

    @Override
    public byte[] read(String name) throws IOException {
      return inner.read(name);
    }

    @Override
    public long size(String name) throws IOException {
      return inner.size(name);
    }

    @Override
    public Output create(String name) throws IOException {
      return inner.create(name);
    }

    @Override
    public Output append(String name) throws IOException {
      return inner.append(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
      inner.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
      inner.delete(name);
    }

    @Override
    public void sync() throws IOException {
      inner.sync();
    }
  }
}
