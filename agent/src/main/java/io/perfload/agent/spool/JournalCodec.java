// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.agent.sample.Reading;
import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.HostId;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.common.wire.SampleDecoder;
import io.perfload.common.wire.SampleEncoder;
import io.perfload.common.wire.SeriesSetCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * The bytes of an open minute on disk: records, each with its length and checksum and none
 * depending on another but for the set of series it names.
 *
 * <pre>
 *  record:  | length u32 | CRC32C of kind and payload u32 | kind u8 | payload |
 *  host:    | version u8 | host id 16 |                    comes first
 *  set:     | set of series |                              before the first reading of it
 *  reading: | set hash 16 | agent start i64 | sample as the first of a stream |
 * </pre>
 */
final class JournalCodec {
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 8;
  private static final int MAX_RECORD = 1 << 20;
  private static final int HOST = 1;
  private static final int SET = 2;
  private static final int READING = 3;

  /** Some 140,000 years from now; minutes around it can still be reckoned with. */
  private static final long MAX_TIME_MS = 1L << 52;

  /** Bytes that happen to look like records must not make reading take for ever. */
  private static final long CHECKS_PER_BYTE = 16;

  private JournalCodec() {}

  static void writeHost(HostId host, ByteWriter out) {
    int start = begin(out, HOST);
    out.u8(VERSION).i64(host.high()).i64(host.low());
    end(out, start);
  }

  static void writeSet(SeriesSet set, ByteWriter out) {
    int start = begin(out, SET);
    SeriesSetCodec.write(set, out);
    end(out, start);
  }

  static void writeReading(Reading reading, ByteWriter out) {
    int start = begin(out, READING);
    SetHash hash = reading.set().hash();
    out.i64(hash.high()).i64(hash.low()).i64(reading.agentStartMs());
    new SampleEncoder(reading.set().size()).encode(reading.sample(), out);
    end(out, start);
  }

  /**
   * Reads all that can be read.
   *
   * @param known finds sets of series whose record in the journal is damaged
   */
  static Recovered read(byte[] journal, HostId host, Function<SetHash, Optional<SeriesSet>> known) {
    return new Pass(journal, host, known).run();
  }

  private static int begin(ByteWriter out, int kind) {
    int start = out.size();
    out.u32(0).u32(0).u8(kind);
    return start;
  }

  private static void end(ByteWriter out, int start) {
    int body = start + HEADER_BYTES;
    int length = out.size() - body;
    ByteBuffer written = out.view();
    out.setU32(start, length).setU32(start + 4, crc(written.slice(body, length)));
  }

  private static int crc(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /**
   * What a journal had.
   *
   * @param readings in the order they were written
   * @param holes before which of the readings something is missing: an index each, ascending; the
   *     number of readings stands for the end
   * @param damaged records within the journal that could not be read
   * @param tailRecords about how many records could be in what follows the last whole one
   * @param foreign whether it is of another host or version, and so none of it can be missing
   */
  record Recovered(
      List<Reading> readings, List<Integer> holes, int damaged, int tailRecords, boolean foreign) {}

  /** One way through a journal. */
  private static final class Pass {
    private final ByteBuffer bytes;
    private final HostId host;
    private final Function<SetHash, Optional<SeriesSet>> known;
    private final Map<SetHash, SeriesSet> sets = new HashMap<>();
    private final List<Reading> readings = new ArrayList<>();
    private final TreeSet<Integer> holes = new TreeSet<>();
    private long checkable;
    private boolean foreign;
    private int damaged;
    private int lastRecord;

    Pass(byte[] journal, HostId host, Function<SetHash, Optional<SeriesSet>> known) {
      this.bytes = ByteBuffer.wrap(journal);
      this.host = host;
      this.known = known;
      this.checkable = CHECKS_PER_BYTE * journal.length + MAX_RECORD;
    }

    /** Bytes that are no record are damage if a whole record follows; else they are the end. */
    Recovered run() {
      int at = 0;
      int wholeThrough = 0;
      while (at + HEADER_BYTES < bytes.limit() && !foreign) {
        int length = wholeRecordAt(at);
        if (length < 0) {
          at++;
          continue;
        }
        if (wholeThrough < at) {
          hole();
        }
        if (!isTaken(bytes.slice(at + HEADER_BYTES, length))) {
          hole();
        }
        at += HEADER_BYTES + length;
        lastRecord = HEADER_BYTES + length;
        wholeThrough = at;
      }
      return recovered(bytes.limit() - wholeThrough);
    }

    private Recovered recovered(int tail) {
      if (foreign) {
        return new Recovered(List.of(), List.of(), Math.max(1, damaged), 0, true);
      }
      int tailRecords = lastRecord == 0 ? 0 : (tail + lastRecord - 1) / lastRecord;
      return new Recovered(List.copyOf(readings), List.copyOf(holes), damaged, tailRecords, false);
    }

    private void hole() {
      damaged++;
      holes.add(readings.size());
    }

    private int wholeRecordAt(int at) {
      int length = bytes.getInt(at);
      if (length < 1 || length > Math.min(MAX_RECORD, bytes.limit() - at - HEADER_BYTES)) {
        return -1;
      }
      checkable -= length;
      if (checkable < 0) {
        return -1;
      }
      return crc(bytes.slice(at + HEADER_BYTES, length)) == bytes.getInt(at + 4) ? length : -1;
    }

    private boolean isTaken(ByteBuffer body) {
      try {
        take(body);
        return true;
      } catch (Malformed e) {
        return false;
      }
    }

    private void take(ByteBuffer body) throws Malformed {
      var in = new ByteReader(body);
      int kind = in.u8();
      switch (kind) {
        case HOST -> takeHost(in);
        case SET -> takeSet(in);
        case READING -> takeReading(in, body);
        default -> throw new Malformed(Fault.KIND, "journal record " + kind);
      }
    }

    private void takeHost(ByteReader in) throws Malformed {
      int version = in.u8();
      foreign = version != VERSION || !HostId.of(in.i64(), in.i64()).equals(host);
      in.end();
    }

    private void takeSet(ByteReader in) throws Malformed {
      SeriesSet set = SeriesSetCodec.read(in);
      in.end();
      sets.put(set.hash(), set);
    }

    private void takeReading(ByteReader in, ByteBuffer body) throws Malformed {
      SeriesSet set = setOf(new SetHash(in.i64(), in.i64()));
      long agentStartMs = in.i64();
      var decoder = new SampleDecoder(set.size());
      decoder.decode(body);
      if (decoder.takenAtMs() > MAX_TIME_MS) {
        throw new Malformed(Fault.VALUE, "a reading taken at " + decoder.takenAtMs());
      }
      readings.add(new Reading(set, agentStartMs, decoder.sample()));
    }

    private SeriesSet setOf(SetHash hash) throws Malformed {
      if (!sets.containsKey(hash)) {
        SeriesSet elsewhere =
            known
                .apply(hash)
                .orElseThrow(() -> new Malformed(Fault.ORDER, "a reading whose set is missing"));
        sets.put(hash, elsewhere);
      }
      return sets.get(hash);
    }
  }
}
