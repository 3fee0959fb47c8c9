// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.model.Catalogue;
import io.perfload.common.model.SpoolReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolIT {
  private static final SpoolLimits LIMITS = new SpoolLimits(64 << 20, Duration.ofHours(24));

  private final Path directory;
  private long nowMs = Readings.MINUTE;
  private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs);

  SpoolIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void minuteIsSealedWhenTheNextBegins() throws Exception {
    Spool spool = open();
    feed(spool, 0, 62);

    SealedChunk sealed = spool.next(0).orElseThrow();

    assertThat(sealed.startMs()).isEqualTo(Readings.MINUTE);
    assertThat(unpack(spool, sealed).readings()).isEqualTo(60);
    assertThat(spool.openReadings()).hasSize(2);
    assertThat(names()).hasSize(3).anyMatch(name -> name.endsWith(".series"));
  }

  @Test
  void minuteIsSealedWhenItIsOverThoughNothingFollows() {
    Spool spool = open();
    feed(spool, 0, 3);

    nowMs = Readings.MINUTE + 61_000;
    spool.sealEnded();
    assertThat(spool.next(0)).as("a reading may be on its way").isEmpty();
    nowMs = Readings.MINUTE + 62_000;
    spool.sealEnded();

    assertThat(spool.next(0)).isPresent();
  }

  @Test
  void restartContinuesTheMinute() throws Exception {
    feed(open(), 0, 30);

    nowMs = Readings.MINUTE + 35_000;
    Spool again = open();
    assertThat(again.openReadings()).hasSize(30);
    feed(again, 35, 61);

    Chunk chunk = unpack(again, again.next(0).orElseThrow());
    assertThat(chunk.readings()).isEqualTo(55);
    assertThat(chunk.has(32)).isFalse();
  }

  @Test
  void restartInALaterMinuteSealsTheOneThatWasOpen() throws Exception {
    feed(open(), 0, 30);

    nowMs = Readings.MINUTE + 500_000;
    Spool again = open();

    assertThat(again.openReadings()).isEmpty();
    assertThat(unpack(again, again.next(0).orElseThrow()).readings()).isEqualTo(30);
    assertThat(names()).noneMatch(name -> name.endsWith(".open"));
  }

  @Test
  void tailTornAtAnyByteLosesNoWholeSecond() throws Exception {
    feed(open(), 0, 4);
    Path journal = journal();
    byte[] whole = Files.readAllBytes(journal);
    int before = 0;

    for (int length = 0; length <= whole.length; length++) {
      for (String name : names()) {
        Files.delete(directory.resolve(name));
      }
      Files.write(journal, Arrays.copyOf(whole, length));
      Spool again = open();
      int kept = again.openReadings().size();
      assertThat(kept).isGreaterThanOrEqualTo(before);
      before = kept;
      again.add(Readings.at(10));
      again.close();
      assertThat(open().openReadings()).as("torn at " + length).hasSize(kept + 1);
    }
    assertThat(before).isEqualTo(4);
  }

  @Test
  void damagedJournalIsSetAsideCountedAndWhatIsWholeKept() throws Exception {
    feed(open(), 0, 10);
    Path journal = journal();
    byte[] bytes = Files.readAllBytes(journal);
    bytes[bytes.length / 2] ^= 1;
    Files.write(journal, bytes);

    Spool again = open();

    assertThat(again.openReadings()).hasSize(9);
    assertThat(again.status().damagedRecords()).isEqualTo(1);
    assertThat(Path.of(journal + ".damaged")).exists();
    assertThat(open().status().damagedRecords()).as("once").isZero();
  }

  @Test
  void chunksComeBackAfterARestartInTheirOrder() throws Exception {
    feed(open(), 0, 185);

    nowMs = Readings.MINUTE + 186_000;
    Spool again = open();

    assertThat(numbers(again)).containsExactly(1L, 2L, 3L);
    assertThat(again.status().found()).isEqualTo(3);
    again.acknowledge(again.next(0).orElseThrow());
    again.sealEnded();
    assertThat(numbers(open())).containsExactly(2L, 3L);
  }

  @Test
  void damagedChunkIsSetAsideAndCounted() throws Exception {
    feed(open(), 0, 125);
    nowMs = Readings.MINUTE + 125_000;
    Spool again = open();
    SealedChunk first = again.next(0).orElseThrow();
    Path file = directory.resolve(first.fileName());
    byte[] bytes = Files.readAllBytes(file);
    bytes[60] ^= 4;
    Files.write(file, bytes);

    assertThat(again.load(first)).isEmpty();

    assertThat(again.status().damaged()).isEqualTo(1);
    assertThat(numbers(again)).containsExactly(2L);
    again.sealEnded();
    assertThat(directory.resolve(first.fileName() + ".damaged")).exists();
  }

  @Test
  void setsStayAsLongAsAChunkNeedsThem() throws Exception {
    Spool spool = open();
    feed(spool, 0, 60);
    var other = Readings.set(Catalogue.PROCESS_COUNT);
    for (int second = 60; second < 121; second++) {
      spool.add(Readings.at(second, other));
    }
    Spool again = open();

    SealedChunk first = again.next(0).orElseThrow();
    assertThat(again.setOf(first)).contains(Readings.at(0).set());
    again.acknowledge(first);
    again.sealEnded();

    assertThat(names())
        .filteredOn(name -> name.endsWith(".series"))
        .containsExactly(other.hash() + ".series");
    assertThat(again.setOf(again.next(0).orElseThrow())).contains(other);
  }

  @Test
  void chunkWhoseSetIsLostIsSetAside() throws Exception {
    feed(open(), 0, 61);
    nowMs = Readings.MINUTE + 61_000;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".series")).toList()) {
        Files.write(file, new byte[] {1, 2, 3});
      }
    }
    Spool again = open();

    assertThat(again.setOf(again.next(0).orElseThrow())).isEmpty();
    assertThat(again.status().damaged()).isEqualTo(1);
  }

  @Test
  void oldestGoWhenThereAreTooMany() {
    Spool spool =
        Spool.open(
            new FileDirectory(directory),
            Readings.HOST,
            new SpoolLimits(4 * 4096, Duration.ofDays(1)),
            false,
            clock);

    feed(spool, 0, 301);

    assertThat(numbers(spool)).containsExactly(3L, 4L, 5L);
    assertThat(spool.status().dropped()).isEqualTo(2);
    assertThat(spool.status().bytes()).as("a set of series, too").isEqualTo(4 * 4096);
  }

  @Test
  void oldGoWhenTheirTimeIsOver() {
    Spool spool =
        Spool.open(
            new FileDirectory(directory),
            Readings.HOST,
            new SpoolLimits(1 << 20, Duration.ofMinutes(3)),
            false,
            clock);

    for (int second = 0; second < 301; second++) {
      nowMs = Readings.MINUTE + second * 1000L;
      spool.add(Readings.at(second));
    }

    assertThat(numbers(spool)).containsExactly(3L, 4L, 5L);
  }

  @Test
  void refusedChunkIsDroppedAndCounted() {
    Spool spool = open();
    feed(spool, 0, 61);

    spool.refuse(spool.next(0).orElseThrow(), "time: too old");

    assertThat(spool.next(0)).isEmpty();
    assertThat(spool.status().refused()).isEqualTo(1);
  }

  @Test
  void fullDiskKeepsEverythingInMemoryUntilThereIsRoom() throws Exception {
    var disk = new FullDisk(new FileDirectory(directory));
    var spool = Spool.open(disk, Readings.HOST, LIMITS, false, clock);
    feed(spool, 0, 30);
    disk.full = true;
    feed(spool, 30, 130);

    assertThat(numbers(spool)).containsExactly(1L, 2L);
    assertThat(unpack(spool, spool.next(0).orElseThrow()).readings()).isEqualTo(60);

    disk.full = false;
    feed(spool, 130, 181);
    spool.close();
    nowMs = Readings.MINUTE + 181_000;
    Spool again = open();
    assertThat(numbers(again)).containsExactly(1L, 2L, 3L);
    assertThat(unpack(again, again.next(1).orElseThrow()).readings()).isEqualTo(60);
  }

  @Test
  void readingThatIsOnlyInMemoryIsWrittenWhenThereIsRoomThoughNoOtherFollows() {
    var disk = new FullDisk(new FileDirectory(directory));
    var spool = Spool.open(disk, Readings.HOST, LIMITS, false, clock);
    disk.full = true;
    spool.add(Readings.at(3));

    disk.full = false;
    spool.sealEnded();

    assertThat(open().openReadings()).hasSize(1);
  }

  @Test
  void readingThatIsOnlyInMemoryIsWrittenAtTheEndIfThereIsRoom() {
    var disk = new FullDisk(new FileDirectory(directory));
    var spool = Spool.open(disk, Readings.HOST, LIMITS, false, clock);
    disk.full = true;
    spool.add(Readings.at(3));

    disk.full = false;
    spool.close();

    assertThat(open().openReadings()).hasSize(1);
  }

  @Test
  void spoolSaysThatItIsInMemoryAsLongAsAnyReadingIs() {
    var disk = new FullDisk(new FileDirectory(directory));
    var spool = Spool.open(disk, Readings.HOST, LIMITS, false, clock);
    disk.full = true;
    spool.add(Readings.at(3));

    nowMs += 50_000;
    spool.sealEnded();

    assertThat(spool.report().state()).isEqualTo(SpoolReport.State.MEMORY);
  }

  @Test
  void fullDiskForHoursDropsTheOldestOfWhatIsInMemory() {
    var disk = new FullDisk(new FileDirectory(directory));
    var spool = Spool.open(disk, Readings.HOST, LIMITS, false, clock);
    disk.full = true;

    for (int minute = 0; minute <= SpoolLimits.MAX_UNWRITTEN + 10; minute++) {
      spool.add(Readings.at(minute * 60));
    }

    assertThat(spool.status().pending()).isEqualTo(SpoolLimits.MAX_UNWRITTEN);
    assertThat(spool.status().dropped()).isEqualTo(10);
  }

  @Test
  void directoryThatCannotBeUsedDoesNotKeepTheAgentFromStarting() throws Exception {
    Path file = directory.resolve("file");
    Files.writeString(file, "in the way");

    Spool spool = Spool.open(new FileDirectory(file), Readings.HOST, LIMITS, false, clock);
    feed(spool, 0, 61);

    assertThat(spool.load(spool.next(0).orElseThrow())).isPresent();
  }

  private Spool open() {
    return Spool.open(new FileDirectory(directory), Readings.HOST, LIMITS, false, clock);
  }

  private static void feed(Spool spool, int from, int to) {
    for (int second = from; second < to; second++) {
      spool.add(Readings.at(second));
    }
  }

  private static Chunk unpack(Spool spool, SealedChunk sealed) throws Malformed {
    return ChunkCodec.unpack(spool.load(sealed).orElseThrow(), spool.setOf(sealed).orElseThrow());
  }

  private static List<Long> numbers(Spool spool) {
    List<Long> numbers = new ArrayList<>();
    Optional<SealedChunk> next = spool.next(0);
    while (next.isPresent()) {
      numbers.add(next.get().number());
      next = spool.next(next.get().number());
    }
    return numbers;
  }

  private Path journal() throws IOException {
    return names().stream()
        .filter(name -> name.endsWith(JournalName.SUFFIX))
        .map(directory::resolve)
        .findFirst()
        .orElseThrow();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    }
  }

  /** Takes no bytes while it is full. */
  private static final class FullDisk implements Directory {
    private final Directory inner;
    private boolean full;

    FullDisk(Directory inner) {
      this.inner = inner;
    }

    @Override
    public List<String> names() throws IOException {
      return inner.names();
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
      return new FullOutput(inner.create(name));
    }

    @Override
    public Output append(String name) throws IOException {
      return new FullOutput(inner.append(name));
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

    private final class FullOutput implements Output {
      private final Output file;

      FullOutput(Output file) {
        this.file = file;
      }

      @Override
      public void write(ByteBuffer bytes) throws IOException {
        if (full) {
          throw new IOException("No space left on device");
        }
        file.write(bytes);
      }

      @Override
      public void force() throws IOException {
        file.force();
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    }
  }
}
