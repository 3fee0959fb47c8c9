// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.Catalogue;
import java.time.Duration;
import oshi.software.os.OperatingSystem;

/** Uptime and the number of processes, by OSHI. */
final class OshiSystemProbe implements Probe {
  private static final Duration COUNT_EVERY = Duration.ofSeconds(10);

  private final OperatingSystem system;
  private final Pace pace = new Pace(COUNT_EVERY);
  private int processes;

  OshiSystemProbe(OperatingSystem system) {
    this.system = system;
  }

  @Override
  public String subject() {
    return "uptime and process count";
  }

  @Override
  public void read(Columns columns, long nanoTime) {
    if (pace.isDue(nanoTime)) {
      processes = system.getProcessCount();
    }
    columns.of(Catalogue.UPTIME).set(system.getSystemUptime());
    columns.of(Catalogue.PROCESS_COUNT).set(processes);
  }
}
