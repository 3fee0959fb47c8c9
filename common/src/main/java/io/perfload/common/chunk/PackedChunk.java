// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.chunk;

import static java.util.Objects.requireNonNull;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.HostId;
import io.perfload.common.model.SetHash;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A sealed chunk: whole, checked against its checksum, its header read and its columns still
 * packed. The same bytes are in the spool, on the wire and in the store. Immutable.
 *
 * <pre>
 *  offset 0         1       2      3      19       27         43       47         51     … n-4
 *        +---------+-------+------+------+--------+----------+--------+----------+------+--------+
 *        | version | flags | tier | host | start  | set hash | series | body     | body | CRC32C |
 *        | 1       |       |      |      | ms     |          | count  | unpacked |      | of all |
 *        |         |       |      |      |        |          |        | length   |      | before |
 *        +---------+-------+------+------+--------+----------+--------+----------+------+--------+
 * </pre>
 */
public final class PackedChunk {
  static final int VERSION = 1;
  static final int DEFLATED = 1;
  static final int HEADER_BYTES = 51;
  static final int CRC_BYTES = 4;

  private final byte[] bytes;
  private final ChunkId id;
  private final SetHash set;

  private PackedChunk(byte[] bytes, ChunkId id, SetHash set) {
    this.bytes = bytes;
    this.id = id;
    this.set = set;
  }

  /**
   * Takes over {@code bytes} if they are a whole chunk with the right checksum.
   *
   * @throws Malformed with {@code CHECKSUM}, {@code VERSION}, {@code TRUNCATED} or {@code VALUE}
   */
  public static PackedChunk of(byte[] bytes) throws Malformed {
    requireNonNull(bytes, "bytes");
    if (bytes.length < HEADER_BYTES + CRC_BYTES) {
      throw new Malformed(Fault.TRUNCATED, "a chunk of " + bytes.length + " bytes");
    }
    var in = new ByteReader(ByteBuffer.wrap(bytes));
    int version = in.u8();
    if (version != VERSION) {
      throw new Malformed(
          Fault.VERSION, "chunk version " + version + " (expected: " + VERSION + ")");
    }
    if (crc(bytes) != ByteBuffer.wrap(bytes).getInt(bytes.length - CRC_BYTES)) {
      throw new Malformed(Fault.CHECKSUM, "a chunk that does not match its checksum");
    }
    int flags = in.u8();
    if (flags > DEFLATED) {
      throw new Malformed(Fault.VALUE, "chunk flags " + flags);
    }
    Tier tier = Tier.of(in.u8());
    HostId host = HostId.of(in.i64(), in.i64());
    long start = in.i64();
    if (start < 0 || start % tier.spanMs() != 0) {
      throw new Malformed(Fault.VALUE, "a chunk that starts at " + start);
    }
    return new PackedChunk(bytes, new ChunkId(host, tier, start), new SetHash(in.i64(), in.i64()));
  }

  static int crc(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - CRC_BYTES);
    return (int) crc.getValue();
  }

  public ChunkId id() {
    return id;
  }

  /** The set of series its columns are of. */
  public SetHash set() {
    return set;
  }

  /** The sealed bytes; not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return "PackedChunk[" + id + ", " + bytes.length + " bytes]";
  }
}
