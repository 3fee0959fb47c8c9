// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of the file of gaps.
 *
 * <pre>
 *  | version u8 | host id 16 | count varint | gaps | CRC32C of all before u32 |
 *  gap: | id i64 | from ms i64 | to ms i64 | samples varint | reason u8 |
 * </pre>
 */
final class GapsCodec {
  static final int MAX_BYTES = 32 << 10;

  private static final int VERSION = 1;
  private static final int CRC_BYTES = 4;
  private static final long MAX_SAMPLES = 1L << 50;
  private static final int LEAST_GAP_BYTES = 26;

  private GapsCodec() {}

  static void write(HostId host, List<LostSamples> gaps, ByteWriter out) {
    out.u8(VERSION).i64(host.high()).i64(host.low()).varint(gaps.size());
    for (LostSamples gap : gaps) {
      out.i64(gap.id()).i64(gap.fromMs()).i64(gap.toMs());
      out.varint(gap.samples()).u8(gap.reason().code());
    }
    out.u32(crc(out.view()));
  }

  static List<LostSamples> read(byte[] file, HostId host) throws Malformed {
    int body = file.length - CRC_BYTES;
    if (body < 0 || crc(ByteBuffer.wrap(file, 0, body)) != ByteBuffer.wrap(file).getInt(body)) {
      throw new Malformed(Fault.CHECKSUM, "a file of gaps that does not match its checksum");
    }
    var in = new ByteReader(ByteBuffer.wrap(file, 0, body).slice());
    int version = in.u8();
    if (version != VERSION || !HostId.of(in.i64(), in.i64()).equals(host)) {
      throw new Malformed(Fault.VERSION, "a file of gaps of another version or host");
    }
    int count = in.count(Gaps.MAX, LEAST_GAP_BYTES, "gaps");
    List<LostSamples> gaps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      gaps.add(gap(in));
    }
    in.end();
    return gaps;
  }

  private static LostSamples gap(ByteReader in) throws Malformed {
    try {
      return new LostSamples(
          in.i64(), in.i64(), in.i64(), samples(in), LostSamples.Reason.of(in.u8()));
    } catch (IllegalArgumentException e) {
      throw new Malformed(Fault.VALUE, String.valueOf(e.getMessage()));
    }
  }

  /** Bounded, so that gaps can be added up. */
  private static long samples(ByteReader in) throws Malformed {
    long samples = in.varint();
    if (samples < 0 || samples > MAX_SAMPLES) {
      throw new Malformed(Fault.VALUE, samples + " samples in a gap");
    }
    return samples;
  }

  private static int crc(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
