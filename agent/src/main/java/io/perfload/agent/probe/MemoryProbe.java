// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.Catalogue;
import java.io.IOException;

/** Memory and swap, from /proc/meminfo. */
final class MemoryProbe implements Probe {
  private static final long UNKNOWN = -1;
  private static final int KIB = 1024;

  private final TextSource meminfo;
  private long total;
  private long free;
  private long available;
  private long buffers;
  private long cached;
  private long reclaimable;
  private long swapTotal;
  private long swapFree;

  MemoryProbe(TextSource meminfo) {
    this.meminfo = meminfo;
  }

  @Override
  public String subject() {
    return "memory";
  }

  @Override
  public void read(Columns columns, long nanoTime) throws IOException {
    forget();
    TextLines lines = meminfo.read();
    while (lines.next() && reclaimable == UNKNOWN) {
      readLine(lines);
    }
    if (total == UNKNOWN || free == UNKNOWN) {
      throw new IOException("/proc/meminfo has no MemTotal or MemFree");
    }
    long fileCache = known(buffers) + known(cached) + known(reclaimable);
    long usable = available == UNKNOWN ? Math.min(total, free + fileCache) : available;
    columns.of(Catalogue.MEMORY_TOTAL).set(total);
    columns.of(Catalogue.MEMORY_FREE).set(free);
    columns.of(Catalogue.MEMORY_AVAILABLE).set(usable);
    columns.of(Catalogue.MEMORY_USED).set(Math.max(0, total - usable));
    columns.of(Catalogue.MEMORY_CACHED).set(fileCache);
    if (swapTotal != UNKNOWN && swapFree != UNKNOWN) {
      columns.of(Catalogue.SWAP_TOTAL).set(swapTotal);
      columns.of(Catalogue.SWAP_USED).set(Math.max(0, swapTotal - swapFree));
    }
  }

  /** What comes first is asked for first; lines of other letters cost one look. */
  private void readLine(TextLines lines) throws IOException {
    if (lines.skip("Mem")) {
      if (lines.skip("Total:")) {
        total = bytes(lines);
      } else if (lines.skip("Free:")) {
        free = bytes(lines);
      } else if (lines.skip("Available:")) {
        available = bytes(lines);
      }
    } else if (lines.skip("S")) {
      readLineOfS(lines);
    } else if (lines.skip("Buffers:")) {
      buffers = bytes(lines);
    } else if (lines.skip("Cached:")) {
      cached = bytes(lines);
    }
  }

  private void readLineOfS(TextLines lines) throws IOException {
    if (lines.skip("wapTotal:")) {
      swapTotal = bytes(lines);
    } else if (lines.skip("wapFree:")) {
      swapFree = bytes(lines);
    } else if (lines.skip("Reclaimable:")) {
      reclaimable = bytes(lines);
    }
  }

  private void forget() {
    total = UNKNOWN;
    free = UNKNOWN;
    available = UNKNOWN;
    buffers = UNKNOWN;
    cached = UNKNOWN;
    reclaimable = UNKNOWN;
    swapTotal = UNKNOWN;
    swapFree = UNKNOWN;
  }

  private static long bytes(TextLines lines) throws IOException {
    return lines.number() * KIB;
  }

  private static long known(long bytes) {
    return Math.max(0, bytes);
  }
}
