// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * All probes of this machine. One that fails leaves its values absent, is reported once and tried
 * again the next time; the others go on. Confined to the sampling thread.
 */
public final class Probes {
  private static final Logger LOG = System.getLogger("agent.probe");

  private final List<Probe> probes;
  private final boolean[] reported;
  private final Columns columns = new Columns();
  private long failures;

  public Probes(List<Probe> probes) {
    this.probes = List.copyOf(probes);
    this.reported = new boolean[probes.size()];
  }

  /**
   * Reads everything.
   *
   * @param nanoTime now, by a clock that never goes back
   */
  public Columns read(long nanoTime) {
    for (int i = 0; i < reported.length; i++) {
      Probe probe = probes.get(i);
      try {
        probe.read(columns, nanoTime);
      } catch (IOException | RuntimeException e) {
        failed(i, probe, e);
      }
    }
    return columns;
  }

  /** How often a probe failed. */
  public long failures() {
    return failures;
  }

  private void failed(int index, Probe probe, Exception cause) {
    failures++;
    if (!reported[index]) {
      reported[index] = true;
      LOG.log(
          Level.WARNING,
          "Could not read: subject=" + probe.subject() + " (said once; tried again each time)",
          cause);
    }
  }
}
