// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import java.util.UUID;

/**
 * How every message between workers begins.
 *
 * <pre>
 *  offset 0         1      2          18        …      …      …
 *        +---------+------+----------+---------+------+------+----------------+
 *        | version | kind | instance | sent at | node | slot | as of its kind |
 *        | 2       |      |          | ms      | text | u16  |                |
 *        +---------+------+----------+---------+------+------+----------------+
 *
 *  DESCRIBE  set count, sets as in {@code SeriesSetCodec}; host count, a host:
 *            id | revision | index of set | claimed at i64 | online since i64 | address |
 *            spool: 0, or state + 1 | pending | bytes | Host frame
 *  VALUES    until the end, a host: id | revision | ms between arrival and sent at | rtt |
 *            clock offset | taken at less sent at | sequence + 1 | length | {@link PackedValues}
 *  GONE      until the end, a host: id
 * </pre>
 */
record FleetFrame(Kind kind, Place sender, long sentAtMs) {
  static final int VERSION = 2;
  private static final int MAX_NODE = 512;

  /** What a frame on the fleet's channel says. */
  enum Kind {
    DESCRIBE(0),
    VALUES(1),
    GONE(2);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    private static Kind of(int code) throws Malformed {
      return switch (code) {
        case 0 -> DESCRIBE;
        case 1 -> VALUES;
        case 2 -> GONE;
        default -> throw new Malformed(Fault.KIND, "fleet frame kind " + code);
      };
    }
  }

  static void begin(Kind kind, Place sender, long sentAtMs, ByteWriter out) {
    out.clear().u8(VERSION).u8(kind.code);
    out.i64(sender.instance().getMostSignificantBits());
    out.i64(sender.instance().getLeastSignificantBits());
    out.i64(sentAtMs).text(sender.node()).u16(sender.slot());
  }

  static FleetFrame read(ByteReader in) throws Malformed {
    int version = in.u8();
    if (version != VERSION) {
      throw new Malformed(Fault.VERSION, "fleet frame version " + version);
    }
    Kind kind = Kind.of(in.u8());
    var instance = new UUID(in.i64(), in.i64());
    long sentAtMs = in.i64();
    Place sender = new Place(instance, in.text(MAX_NODE, "the node"), in.u16());
    return new FleetFrame(kind, sender, sentAtMs);
  }
}
