// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.agent.sample.Reading;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.model.HostId;
import io.perfload.common.model.SetHash;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The file that one minute is appended to while it is open. What was appended survives the end of
 * this process, however it comes; {@link #force} makes it survive the end of the machine. Confined
 * to one thread.
 */
final class Journal implements AutoCloseable {
  private final Directory.Output output;
  private final Set<SetHash> written;
  private final ByteWriter buffer = new ByteWriter(1024);

  private Journal(Directory.Output output, Set<SetHash> written) {
    this.output = output;
    this.written = written;
  }

  /**
   * Begins a file with {@code readings}; one that is there is replaced at once or not at all.
   *
   * @param durable whether {@code readings} were on disk before and must not get lost now
   */
  static Journal begin(Disk disk, String name, HostId host, List<Reading> readings, boolean durable)
      throws IOException {
    Set<SetHash> written = new HashSet<>();
    var bytes = new ByteWriter(4096);
    JournalCodec.writeHost(host, bytes);
    for (Reading reading : readings) {
      add(reading, written, bytes);
    }
    disk.replace(name, bytes.view(), durable);
    return new Journal(disk.append(name), written);
  }

  void append(Reading reading) throws IOException {
    add(reading, written, buffer.clear());
    output.write(buffer.view());
  }

  void force() throws IOException {
    output.force();
  }

  @Override
  public void close() throws IOException {
    output.close();
  }

  private static void add(Reading reading, Set<SetHash> written, ByteWriter out) {
    if (written.add(reading.set().hash())) {
      JournalCodec.writeSet(reading.set(), out);
    }
    JournalCodec.writeReading(reading, out);
  }
}
