// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.perfload.common.AllocatedBytes;
import io.perfload.common.TestSamples;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.SeriesSet;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as a chunk. The first byte of an input chooses the set of series; the rest is tried as
 * it is, then with version, set and checksum put right, so that the body is reached, then as a body
 * that is not deflated.
 */
class ChunkCodecFuzzTest {
  private static final List<SeriesSet> SETS =
      List.of(
          SeriesSet.of(List.of()),
          SeriesSet.of(TestSamples.set(0).series().subList(0, 1)),
          SeriesSet.of(TestSamples.set(0).series().subList(0, 3)),
          TestSamples.set(2));
  private static final int SET_OFFSET = PackedChunk.HEADER_BYTES - 24;
  private static final int FEW_BYTES = 1 << 16;
  private static final int BOMB = 4 << 20;

  @MethodSource
  @FuzzTest
  void whatUnpacksPacksToTheSameAndNothingElseIsTaken(byte[] input) {
    if (input.length == 0) {
      return;
    }
    SeriesSet set = SETS.get((input[0] & 0xff) % SETS.size());
    byte[] bytes = Arrays.copyOfRange(input, 1, input.length);

    tryAsChunk(bytes.clone(), set);
    if (bytes.length >= PackedChunk.HEADER_BYTES + PackedChunk.CRC_BYTES) {
      tryAsChunk(putRight(bytes.clone(), set), set);
      tryAsChunk(withPlainBody(bytes, set), set);
    }
  }

  static Stream<byte[]> whatUnpacksPacksToTheSameAndNothingElseIsTaken() {
    return Stream.of(
        seed(0, new ChunkBuilder(id()).build()),
        seed(1, minute(SETS.get(1), 1)),
        seed(2, minute(SETS.get(2), 60)),
        seed(3, minute(SETS.get(3), 60)),
        seed(3, Arrays.copyOf(ChunkCodec.pack(minute(SETS.get(3), 30)).bytes(), 200)),
        seed(1, bomb(SETS.get(1))));
  }

  private static void tryAsChunk(byte[] bytes, SeriesSet set) {
    Optional<PackedChunk> packed = packed(bytes);
    if (packed.isPresent()) {
      assertThat(packed.get().bytes()).isSameAs(bytes);
      if (packed.get().set().equals(set.hash())) {
        long bound = FEW_BYTES + 2L * bytes.length + 4L * ChunkCodec.maxBody(set.size());
        assertThat(AllocatedBytes.by(() -> unpacked(packed.get(), set), bound))
            .as("bytes allocated to unpack %s bytes", bytes.length)
            .isLessThanOrEqualTo(bound);
        unpacked(packed.get(), set).ifPresent(ChunkCodecFuzzTest::holds);
      }
    }
  }

  private static void holds(Chunk chunk) {
    PackedChunk packed = ChunkCodec.pack(chunk);
    assertThat(unpacked(packed, chunk.set())).contains(chunk);
    assertThat(packed.id()).isEqualTo(chunk.id());

    var merged = new ChunkBuilder(chunk.id());
    merged.add(chunk);
    merged.add(chunk);
    assertThat(merged.build()).isEqualTo(chunk);
  }

  private static Optional<PackedChunk> packed(byte[] bytes) {
    try {
      return Optional.of(PackedChunk.of(bytes));
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  private static Optional<Chunk> unpacked(PackedChunk packed, SeriesSet set) {
    try {
      return Optional.of(ChunkCodec.unpack(packed, set));
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  private static byte[] putRight(byte[] bytes, SeriesSet set) {
    ByteBuffer.wrap(bytes)
        .put(0, (byte) PackedChunk.VERSION)
        .putLong(SET_OFFSET, set.hash().high())
        .putLong(SET_OFFSET + 8, set.hash().low())
        .putInt(SET_OFFSET + 16, set.size());
    return sealed(bytes);
  }

  /** What follows the header as a body that is as long as it says. */
  private static byte[] withPlainBody(byte[] bytes, SeriesSet set) {
    byte[] plain = bytes.clone();
    ByteBuffer.wrap(plain)
        .put(1, (byte) 0)
        .put(2, (byte) Tier.SECOND.code())
        .putLong(SET_OFFSET - 8, TestSamples.MINUTE)
        .putInt(SET_OFFSET + 20, plain.length - PackedChunk.HEADER_BYTES - PackedChunk.CRC_BYTES);
    return putRight(plain, set);
  }

  private static byte[] sealed(byte[] bytes) {
    ByteBuffer.wrap(bytes).putInt(bytes.length - PackedChunk.CRC_BYTES, PackedChunk.crc(bytes));
    return bytes;
  }

  /** A body of nothing but zeros, in a thousandth of the bytes. */
  private static byte[] bomb(SeriesSet set) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(new byte[BOMB]);
    deflater.finish();
    byte[] body = new byte[1 << 13];
    int length = deflater.deflate(body);
    deflater.end();
    var out = new ByteWriter();
    out.u8(PackedChunk.VERSION).u8(PackedChunk.DEFLATED).u8(Tier.SECOND.code());
    out.i64(1).i64(2).i64(TestSamples.MINUTE).i64(set.hash().high()).i64(set.hash().low());
    out.u32(set.size()).u32(BOMB).bytes(body, 0, length).u32(0);
    return sealed(out.toByteArray());
  }

  private static ChunkId id() {
    return new ChunkId(TestSamples.HOST, Tier.SECOND, TestSamples.MINUTE);
  }

  private static Chunk minute(SeriesSet set, int readings) {
    var builder = new ChunkBuilder(id());
    for (int i = 0; i < readings; i++) {
      long at = TestSamples.MINUTE + i * 1000L;
      builder.add(set, i < 40 ? 1 : 2, TestSamples.sample(at, i, set.size(), i));
    }
    return builder.build();
  }

  private static byte[] seed(int set, Chunk chunk) {
    return seed(set, ChunkCodec.pack(chunk).bytes());
  }

  private static byte[] seed(int set, byte[] bytes) {
    return new ByteWriter().u8(set).bytes(bytes).toByteArray();
  }
}
