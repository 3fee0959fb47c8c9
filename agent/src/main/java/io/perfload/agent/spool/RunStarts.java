// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.spool;

import io.perfload.common.bytes.ByteWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.zip.CRC32C;

/**
 * When the newest run of the agent began, kept across runs, so that a run is always later than the
 * one before it: of two readings of a second the later run's counts, also when the clock was set
 * back between them. Confined to one thread.
 *
 * <pre>
 *  | start ms i64 | CRC32C u32 |
 * </pre>
 */
final class RunStarts {
  static final String FILE = "run";

  private static final int BYTES = 12;

  private final Disk disk;
  private long newestMs = Long.MIN_VALUE;

  RunStarts(Disk disk) {
    this.disk = disk;
  }

  /** Takes in what an earlier run left; a file that is damaged tells nothing. */
  void recover() throws IOException {
    try {
      if (disk.size(FILE) == BYTES) {
        ByteBuffer file = ByteBuffer.wrap(disk.read(FILE));
        if (file.remaining() == BYTES && file.getInt(8) == crc(file.slice(0, 8))) {
          seen(file.getLong(0));
        }
      }
    } catch (NoSuchFileException e) {
      // the first run
    }
  }

  /** A run that began at {@code startMs} left a reading. */
  void seen(long startMs) {
    newestMs = Math.max(newestMs, startMs);
  }

  /** Returns when a run that begins now begins: later than all before it. */
  long begin(long nowMs) {
    newestMs = newestMs == Long.MIN_VALUE ? nowMs : Math.max(nowMs, newestMs + 1);
    return newestMs;
  }

  /** Remembers what was begun. */
  void save() throws IOException {
    var out = new ByteWriter(BYTES).i64(newestMs);
    disk.replace(FILE, out.u32(crc(out.view())).view(), true);
  }

  private static int crc(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
