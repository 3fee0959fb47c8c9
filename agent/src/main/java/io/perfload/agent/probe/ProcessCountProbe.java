// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.Catalogue;
import java.io.IOException;
import java.time.Duration;

/**
 * How many processes there are. To count them the kernel has to visit each, so it is done every few
 * seconds and the count stands until the next.
 */
final class ProcessCountProbe implements Probe {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Names names;
  private final Pace pace = new Pace(EVERY);
  private double count = Double.NaN;

  /**
   * Counts those of {@code names} that are numbers.
   *
   * @param names what is in /proc
   */
  ProcessCountProbe(Names names) {
    this.names = names;
  }

  @Override
  public String subject() {
    return "process count";
  }

  @Override
  public void read(Columns columns, long nanoTime) throws IOException {
    if (pace.isDue(nanoTime)) {
      count = Double.NaN;
      count = count(names.list());
    }
    columns.of(Catalogue.PROCESS_COUNT).set(count);
  }

  private static int count(String[] names) {
    int count = 0;
    for (String name : names) {
      if (name.charAt(0) >= '1' && name.charAt(0) <= '9') {
        count++;
      }
    }
    return count;
  }

  /** What a directory has in it. */
  @FunctionalInterface
  interface Names {
    String[] list() throws IOException;
  }
}
