// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.chunk;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.SeriesSet;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Packs and unpacks chunks. The body is the places that have readings (64 bits), then the columns
 * of {@link ColumnCodec}: agent starts, sequences, the series in the order of their set; deflated
 * (raw, RFC 1951) when that is shorter. Stateless; any thread.
 */
public final class ChunkCodec {
  private static final long ALL_PLACES = (1L << Tier.PLACES) - 1;

  private ChunkCodec() {}

  /** Seals {@code chunk}. */
  public static PackedChunk pack(Chunk chunk) {
    ByteWriter body = body(chunk);
    byte[] plain = body.toByteArray();
    byte[] deflated = deflate(plain);
    boolean smaller = deflated.length < plain.length;
    ChunkId id = chunk.id();
    var out = new ByteWriter(PackedChunk.HEADER_BYTES + plain.length + PackedChunk.CRC_BYTES);
    out.u8(PackedChunk.VERSION).u8(smaller ? PackedChunk.DEFLATED : 0).u8(id.tier().code());
    out.i64(id.host().high()).i64(id.host().low()).i64(id.startMs());
    out.i64(chunk.set().hash().high()).i64(chunk.set().hash().low());
    out.u32(chunk.set().size()).u32(plain.length).bytes(smaller ? deflated : plain).u32(0);
    byte[] bytes = out.toByteArray();
    ByteBuffer.wrap(bytes).putInt(bytes.length - PackedChunk.CRC_BYTES, PackedChunk.crc(bytes));
    try {
      return PackedChunk.of(bytes);
    } catch (Malformed e) {
      throw new IllegalStateException("packed a chunk that cannot be read", e);
    }
  }

  /**
   * Unpacks all columns.
   *
   * @param set the set that {@link PackedChunk#set()} names
   * @throws Malformed when the body is not what its header says
   */
  public static Chunk unpack(PackedChunk packed, SeriesSet set) throws Malformed {
    if (!set.hash().equals(packed.set())) {
      throw new IllegalArgumentException(
          "set: " + set.hash() + " (expected: " + packed.set() + ")");
    }
    var in = new ByteReader(body(packed, set.size()));
    long places = in.i64();
    if ((places & ~ALL_PLACES) != 0) {
      throw new Malformed(Fault.VALUE, "a chunk with more than " + Tier.PLACES + " places");
    }
    long[] agentStarts = everywhere(ColumnCodec.read(in, places), places);
    long[] sequences = everywhere(ColumnCodec.read(in, places), places);
    long[][] columns = new long[set.size()][];
    for (int column = 0; column < columns.length; column++) {
      columns[column] = ColumnCodec.read(in, places);
    }
    in.end();
    return new Chunk(packed.id(), set, agentStarts, sequences, columns);
  }

  /** As long as a body of so many series may be: nothing longer is made room for. */
  static int maxBody(int series) {
    return Long.BYTES + (2 + series) * ColumnCodec.MAX_BYTES;
  }

  private static ByteWriter body(Chunk chunk) {
    var body = new ByteWriter(4096);
    long places = ColumnCodec.placesOf(chunk.agentStarts());
    body.i64(places);
    ColumnCodec.write(chunk.agentStarts(), places, body);
    ColumnCodec.write(chunk.sequences(), places, body);
    for (int column = 0; column < chunk.set().size(); column++) {
      ColumnCodec.write(chunk.column(column), places, body);
    }
    return body;
  }

  private static long[] everywhere(long[] column, long places) throws Malformed {
    if (ColumnCodec.placesOf(column) != places) {
      throw new Malformed(Fault.VALUE, "a reading that nobody took");
    }
    return column;
  }

  private static ByteBuffer body(PackedChunk packed, int expectedSeries) throws Malformed {
    ByteBuffer all = ByteBuffer.wrap(packed.bytes());
    boolean deflated = all.get(1) == PackedChunk.DEFLATED;
    int series = all.getInt(PackedChunk.HEADER_BYTES - 8);
    int length = all.getInt(PackedChunk.HEADER_BYTES - 4);
    if (series != expectedSeries) {
      throw new Malformed(Fault.COUNT, series + " columns (expected: " + expectedSeries + ")");
    }
    if (length < 0 || length > maxBody(series)) {
      throw new Malformed(
          Fault.LENGTH, "a chunk body of " + Integer.toUnsignedLong(length) + " bytes");
    }
    int packedLength = packed.bytes().length - PackedChunk.HEADER_BYTES - PackedChunk.CRC_BYTES;
    if (deflated) {
      return inflate(packed.bytes(), packedLength, length);
    }
    if (packedLength != length) {
      throw new Malformed(
          Fault.TRUNCATED, packedLength + " bytes of body (expected: " + length + ")");
    }
    return all.slice(PackedChunk.HEADER_BYTES, length);
  }

  private static byte[] deflate(byte[] plain) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(plain);
      deflater.finish();
      byte[] buffer = new byte[plain.length];
      int length = deflater.deflate(buffer);
      return deflater.finished() ? Arrays.copyOf(buffer, length) : plain;
    } finally {
      deflater.end();
    }
  }

  private static ByteBuffer inflate(byte[] bytes, int packedLength, int length) throws Malformed {
    var inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, PackedChunk.HEADER_BYTES, packedLength);
      byte[] plain = new byte[length];
      int done = inflater.inflate(plain);
      if (done != length || (!inflater.finished() && inflater.inflate(new byte[1]) != 0)) {
        throw new Malformed(
            Fault.LENGTH, "a chunk body that unpacks to another length than it says");
      }
      return ByteBuffer.wrap(plain);
    } catch (DataFormatException e) {
      throw new Malformed(Fault.VALUE, "a chunk body that cannot be inflated");
    } finally {
      inflater.end();
    }
  }
}
