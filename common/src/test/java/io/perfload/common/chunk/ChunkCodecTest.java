// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perfload.common.TestSamples;
import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChunkCodecTest {
  private static final ChunkId ID = new ChunkId(TestSamples.HOST, Tier.SECOND, TestSamples.MINUTE);

  @Property
  void everyColumnComesBack(@ForAll("columns") long[] column) throws Malformed {
    var out = new ByteWriter();
    long all = (1L << Tier.PLACES) - 1;
    ColumnCodec.write(column, all, out);

    assertThat(ColumnCodec.read(new ByteReader(out.view()), all)).isEqualTo(column);
  }

  @Property(tries = 200)
  void everyChunkComesBack(@ForAll @IntRange(min = 0, max = 60) int readings, @ForAll long seed)
      throws Malformed {
    SeriesSet set = TestSamples.set(3);
    Chunk chunk = chunk(set, readings, seed);

    PackedChunk packed = PackedChunk.of(ChunkCodec.pack(chunk).bytes());

    assertThat(packed.id()).isEqualTo(ID);
    assertThat(ChunkCodec.unpack(packed, set)).isEqualTo(chunk);
  }

  @Property(tries = 300)
  void anyOrderSplitAndRepetitionOfTheSameSamplesGivesTheSameChunk(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int parts) {
    SeriesSet small = TestSamples.set(1);
    SeriesSet large = TestSamples.set(4);
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      SeriesSet set = i % 3 == 0 ? small : large;
      long run = i % 7 == 0 ? 2 : 1;
      long time = TestSamples.MINUTE + (i % 60) * 1000L;
      readings.add(new Reading(set, run, TestSamples.sample(time, i, set.size(), seed + i)));
    }
    Chunk expected = gather(readings).build();

    var random = new Random(seed);
    readings.addAll(readings.subList(0, 20));
    Collections.shuffle(readings, random);
    List<Chunk> split = new ArrayList<>();
    int size = readings.size() / parts + 1;
    for (int from = 0; from < readings.size(); from += size) {
      List<Reading> part = readings.subList(from, Math.min(readings.size(), from + size));
      split.add(gather(part).build());
    }
    split.add(split.get(0));
    Collections.shuffle(split, random);
    var merged = new ChunkBuilder(ID);
    split.forEach(merged::add);

    assertThat(merged.build()).isEqualTo(expected);
  }

  @Property
  void noBytesMakeItThrowAnythingButMalformed(@ForAll long seed) {
    SeriesSet set = TestSamples.set(1);
    byte[] bytes = ChunkCodec.pack(chunk(set, 30, seed)).bytes();
    var random = new Random(seed);
    for (int flips = random.nextInt(4) + 1; flips > 0; flips--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    // a damaged chunk whose sender computed the checksum over the damage
    ByteBuffer.wrap(bytes).putInt(bytes.length - PackedChunk.CRC_BYTES, PackedChunk.crc(bytes));

    try {
      PackedChunk packed = PackedChunk.of(bytes);
      if (packed.set().equals(set.hash())) {
        ChunkCodec.unpack(packed, set);
      }
    } catch (Malformed e) {
      assertThat(e.fault()).isNotEqualTo(Fault.CHECKSUM);
    }
  }

  @Test
  void aFlippedBitAnywhereIsNoticed() {
    byte[] bytes = ChunkCodec.pack(chunk(TestSamples.set(1), 60, 1)).bytes();

    for (int i = 1; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 0x10;
      assertThatThrownBy(() -> PackedChunk.of(damaged))
          .isInstanceOfSatisfying(
              Malformed.class, e -> assertThat(e.fault()).isEqualTo(Fault.CHECKSUM));
    }
  }

  @Test
  void aChunkCutShortAnywhereIsRefused() {
    byte[] bytes = ChunkCodec.pack(chunk(TestSamples.set(1), 60, 1)).bytes();

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> PackedChunk.of(cut)).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void aSeriesThatNeverChangesCostsAFewBytes() {
    long[] column = new long[Tier.PLACES];
    Arrays.fill(column, 16L << 30);
    var out = new ByteWriter();

    ColumnCodec.write(column, (1L << Tier.PLACES) - 1, out);

    assertThat(out.size()).isLessThanOrEqualTo(9);
  }

  @Test
  void aReadingWithTheGreaterRunAndSequenceStays() {
    SeriesSet set = TestSamples.set(0);
    Sample first = TestSamples.sample(TestSamples.MINUTE, 9, set.size(), 1);
    Sample restarted = TestSamples.sample(TestSamples.MINUTE + 400, 0, set.size(), 2);

    var builder = new ChunkBuilder(ID);
    builder.add(set, 200, restarted);
    builder.add(set, 100, first);

    Chunk chunk = builder.build();
    assertThat(chunk.agentStart(0)).isEqualTo(200);
    assertThat(chunk.sample(0).orElseThrow().scaled()).isEqualTo(restarted.scaled());
  }

  @Provide
  Arbitrary<long[]> columns() {
    Arbitrary<Long> value =
        Arbitraries.oneOf(
            Arbitraries.just(Sample.ABSENT),
            Arbitraries.longs().between(-3, 3),
            Arbitraries.longs().greaterOrEqual(Long.MIN_VALUE + 1));
    return value.array(long[].class).ofSize(Tier.PLACES);
  }

  private static Chunk chunk(SeriesSet set, int readings, long seed) {
    List<Integer> places = new ArrayList<>();
    for (int place = 0; place < Tier.PLACES; place++) {
      places.add(place);
    }
    Collections.shuffle(places, new Random(seed));
    var builder = new ChunkBuilder(ID);
    builder.add(new ChunkBuilder(ID).build());
    for (int place : places.subList(0, readings)) {
      long time = TestSamples.MINUTE + place * 1000L;
      builder.add(set, 77, TestSamples.sample(time, place, set.size(), seed + place));
    }
    return readings == 0 ? empty(set) : builder.build();
  }

  private static Chunk empty(SeriesSet set) {
    long[] absent = new long[Tier.PLACES];
    Arrays.fill(absent, Sample.ABSENT);
    long[][] columns = new long[set.size()][];
    Arrays.fill(columns, absent);
    return new Chunk(ID, set, absent, absent, columns);
  }

  private static ChunkBuilder gather(List<Reading> readings) {
    var builder = new ChunkBuilder(ID);
    readings.forEach(reading -> builder.add(reading.set(), reading.run(), reading.sample()));
    return builder;
  }

  private record Reading(SeriesSet set, long run, Sample sample) {}
}
