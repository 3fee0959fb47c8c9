// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.perfload.agent.sample.Reading;
import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.chunk.Tier;
import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.common.wire.SampleDecoder;
import io.perfload.common.wire.SeriesSetCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A spool as an earlier run left it, with two sealed minutes and an open one, to whose files an
 * input does things: each is a byte for what, a byte for which file, a length and bytes. Then the
 * spool is opened, filled, emptied and opened again.
 */
class SpoolFuzzTest {
  private static final long NOW = Readings.MINUTE + 20_000;
  private static final int HEADER_BYTES = 8;
  private static final int MOST_ACTIONS = 16;
  private static final Map<String, byte[]> LEFT = leftBehind();

  @MethodSource
  @FuzzTest
  void whateverLiesThereItOpensKeepsWhatIsWholeAndGoesOn(byte[] input) {
    Map<String, byte[]> files = changed(input);
    List<Reading> whole = begin(files.getOrDefault(nameOf(".open", 0), new byte[0]));

    MemoryDirectory directory = MemoryDirectory.of(files);
    Spool first = open(directory);
    SpoolStatus found = first.status();
    List<Reading> reopened = first.openReadings();
    balances(first);
    first.close();
    Spool second = open(directory);

    assertThat(second.openReadings()).isEqualTo(reopened);
    assertThat(second.status().pending()).isEqualTo(found.pending());
    assertThat(second.status().damagedRecords()).isZero();
    Reading fresh = Readings.at(19);
    second.add(fresh);
    second.add(Readings.at(60));
    second.close();
    Spool third = open(directory);
    Delivered delivered = deliver(third);

    assertThat(delivered.has(fresh)).as("a fresh reading").isTrue();
    assertThat(delivered.has(Readings.at(60))).as("one of the next minute").isTrue();
    if (found.dropped() == 0) {
      assertThat(whole).allMatch(delivered::has);
    }
    assertThat(third.status().pending()).isZero();
    balances(third);
  }

  static Stream<byte[]> whateverLiesThereItOpensKeepsWhatIsWholeAndGoesOn() {
    byte[] journal = LEFT.getOrDefault(nameOf(".open", 0), new byte[0]);
    return Stream.of(
        new byte[0],
        action(0, 0, new byte[] {0, 0, 0, 60}),
        action(1, 1, new byte[] {0, 0, 1, 7}),
        action(2, 2, new byte[] {0, 0, 0, 40}),
        action(3, 0, journal),
        action(4, 0, journal),
        action(5, 0, Arrays.copyOf(journal, journal.length / 2)),
        action(
            6,
            1,
            bytes("0000000000000000-1740000000000-60-0123456789abcdef0123456789abcdef.chunk")),
        action(6, 3, bytes("9223372036854775807-1.open")),
        action(6, 3, bytes("x.tmp")),
        action(7, 1, new byte[0]));
  }

  // ---- what is done to the files

  private static Map<String, byte[]> changed(byte[] input) {
    Map<String, byte[]> files = new TreeMap<>(LEFT);
    var in = ByteBuffer.wrap(input);
    for (int i = 0; i < MOST_ACTIONS && in.remaining() >= 4 && !files.isEmpty(); i++) {
      int what = in.get() & 7;
      List<String> names = List.copyOf(files.keySet());
      String name = names.get((in.get() & 0xff) % names.size());
      byte[] bytes = new byte[Math.min(in.getShort() & 0xffff, in.remaining())];
      in.get(bytes);
      change(files, what, name, bytes);
    }
    return files;
  }

  private static void change(Map<String, byte[]> files, int what, String name, byte[] bytes) {
    byte[] before = files.getOrDefault(name, new byte[0]);
    int number = bytes.length < 4 ? 0 : ByteBuffer.wrap(bytes).getInt() & 0xffff;
    switch (what) {
      case 0 -> files.put(name, Arrays.copyOf(before, Math.min(before.length, number)));
      case 1 -> files.put(name, flipped(before, number));
      case 2 -> files.put(name, twice(before, number));
      case 3 -> files.put(name, bytes);
      case 4 -> files.put(nameOf(".open", 0), journalPutRight(bytes));
      case 5 -> files.put(nameOf(".chunk", number), chunkPutRight(bytes));
      case 6 -> {
        files.remove(name);
        files.put(plain(bytes), before);
      }
      default -> files.remove(name);
    }
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    if (flipped.length > 0) {
      flipped[(bit >> 3) % flipped.length] ^= (byte) (1 << (bit & 7));
    }
    return flipped;
  }

  private static byte[] twice(byte[] bytes, int length) {
    int tail = Math.min(bytes.length, length);
    return new ByteWriter().bytes(bytes).bytes(bytes, bytes.length - tail, tail).toByteArray();
  }

  /** Records as long as they say get the right checksum. */
  private static byte[] journalPutRight(byte[] bytes) {
    var journal = ByteBuffer.wrap(bytes.clone());
    int at = 0;
    while (at + HEADER_BYTES < journal.limit()) {
      int length = journal.getInt(at);
      if (length < 1 || length > journal.limit() - at - HEADER_BYTES) {
        break;
      }
      journal.putInt(at + 4, crc(journal.slice(at + HEADER_BYTES, length)));
      at += HEADER_BYTES + length;
    }
    return journal.array();
  }

  private static byte[] chunkPutRight(byte[] bytes) {
    if (bytes.length < 4) {
      return bytes;
    }
    var chunk = ByteBuffer.wrap(bytes.clone());
    chunk.putInt(bytes.length - 4, crc(chunk.slice(0, bytes.length - 4)));
    return chunk.array();
  }

  /** A name that every file system takes. */
  private static String plain(byte[] bytes) {
    String name =
        new String(bytes, 0, Math.min(bytes.length, 100), StandardCharsets.ISO_8859_1)
            .replaceAll("[^0-9A-Za-z.-]", "_");
    return name.isEmpty() || name.startsWith(".") ? "_" + name : name;
  }

  // ---- what must be kept

  /** The readings of the whole records that a journal begins with, found as the format says. */
  private static List<Reading> begin(byte[] bytes) {
    var journal = ByteBuffer.wrap(bytes);
    Map<SetHash, SeriesSet> sets = new HashMap<>();
    List<Reading> readings = new ArrayList<>();
    boolean ours = false;
    try {
      while (journal.remaining() > HEADER_BYTES) {
        var in = new ByteReader(record(journal));
        switch (in.u8()) {
          case 1 -> {
            ours = in.u8() == 1 && HostId.of(in.i64(), in.i64()).equals(Readings.HOST);
            in.end();
          }
          case 2 -> {
            SeriesSet set = SeriesSetCodec.read(in);
            in.end();
            sets.put(set.hash(), set);
          }
          case 3 -> readings.add(reading(in, sets));
          default -> ours = false;
        }
        if (!ours) {
          return List.of();
        }
      }
    } catch (Malformed e) {
      // what was whole before it counts
    }
    return readings.stream().filter(SpoolFuzzTest::isOfThisHour).toList();
  }

  private static ByteBuffer record(ByteBuffer journal) throws Malformed {
    var in = new ByteReader(journal);
    long length = in.u32();
    int crc = (int) in.u32();
    ByteBuffer body = in.slice((int) Math.min(Math.max(length, 1), Integer.MAX_VALUE));
    if (crc(body.duplicate()) != crc) {
      throw new Malformed(Fault.CHECKSUM, "not a whole record");
    }
    return body;
  }

  private static Reading reading(ByteReader in, Map<SetHash, SeriesSet> sets) throws Malformed {
    SeriesSet set = sets.get(new SetHash(in.i64(), in.i64()));
    if (set == null) {
      throw new Malformed(Fault.ORDER, "a reading without its set");
    }
    long agentStartMs = in.i64();
    var decoder = new SampleDecoder(set.size());
    decoder.decode(ByteBuffer.wrap(in.rest()));
    return new Reading(set, agentStartMs, decoder.sample());
  }

  private static boolean isOfThisHour(Reading reading) {
    return reading.agentStartMs() != Sample.ABSENT
        && Math.abs(reading.takenAtMs() - NOW) < Duration.ofHours(1).toMillis();
  }

  // ---- the spool

  private static Spool open(Directory directory) {
    InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(NOW));
    var limits = new SpoolLimits(64L << 20, Duration.ofHours(24));
    return Spool.open(directory, Readings.HOST, limits, false, clock);
  }

  private static void balances(Spool spool) {
    SpoolStatus now = spool.status();
    assertThat(now.found() + now.sealed())
        .isEqualTo(
            now.acknowledged() + now.refused() + now.dropped() + now.damaged() + now.pending());
    assertThat(now.bytes()).isNotNegative();
  }

  /** Sends everything as the link does, and has all of it acknowledged. */
  private static Delivered deliver(Spool spool) {
    var delivered = new Delivered(spool.openReadings());
    long after = 0;
    for (Optional<SealedChunk> next = spool.next(after);
        next.isPresent();
        next = spool.next(after)) {
      SealedChunk sealed = next.get();
      after = sealed.number();
      Optional<SeriesSet> set = spool.setOf(sealed);
      if (set.isPresent()) {
        spool.load(sealed).ifPresent(packed -> delivered.take(() -> unpack(packed, set.get())));
      }
      spool.acknowledge(sealed);
    }
    return delivered;
  }

  private static Chunk unpack(PackedChunk packed, SeriesSet set) throws Malformed {
    if (!packed.set().equals(set.hash())) {
      throw new Malformed(Fault.VALUE, "a chunk of another set");
    }
    return ChunkCodec.unpack(packed, set);
  }

  private static Map<String, byte[]> leftBehind() {
    var directory = new MemoryDirectory();
    Spool spool = open(directory);
    for (int second = -120; second < 10; second++) {
      spool.add(readingAt(second));
    }
    spool.close();
    return directory.files();
  }

  private static Reading readingAt(int second) {
    Reading reading = Readings.at(second + 120);
    long takenAtMs = Readings.MINUTE + second * 1000L;
    var sample = new Sample(takenAtMs, reading.sample().sequence(), reading.sample().scaled());
    return new Reading(reading.set(), reading.agentStartMs() - 120_000, sample);
  }

  private static String nameOf(String suffix, int which) {
    List<String> names =
        LEFT.keySet().stream().filter(name -> name.endsWith(suffix)).sorted().toList();
    return names.get(which % names.size());
  }

  private static byte[] action(int what, int which, byte[] bytes) {
    return new ByteWriter().u8(what).u8(which).u16(bytes.length).bytes(bytes).toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int crc(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** What came out of the spool, or is still open in it. */
  private static final class Delivered {
    private final List<Reading> open;
    private final List<Chunk> chunks = new ArrayList<>();

    Delivered(List<Reading> open) {
      this.open = open;
    }

    void take(Unpacked chunk) {
      try {
        chunks.add(chunk.get());
      } catch (Malformed e) {
        // a worker refuses it
      }
    }

    /** Whether the reading is there, or a newer one of its second. */
    boolean has(Reading reading) {
      long start = Tier.SECOND.startOf(reading.takenAtMs());
      int place = Tier.SECOND.placeOf(reading.takenAtMs());
      return open.contains(reading)
          || chunks.stream()
              .filter(chunk -> chunk.id().startMs() == start && chunk.has(place))
              .anyMatch(chunk -> isAsNew(chunk, place, reading));
    }

    private static boolean isAsNew(Chunk chunk, int place, Reading reading) {
      long start = chunk.agentStart(place);
      return start > reading.agentStartMs()
          || (start == reading.agentStartMs()
              && chunk.sequence(place) >= reading.sample().sequence());
    }
  }

  @FunctionalInterface
  private interface Unpacked {
    Chunk get() throws Malformed;
  }
}
