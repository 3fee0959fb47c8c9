// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.Catalogue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Processor time, from /proc/stat: of all cores together, and the busy share of each. */
final class CpuProbe implements Probe {
  private static final int MAX_CORES = 1024;

  private final TextSource stat;
  private final CpuTimes all = new CpuTimes();
  private final List<Core> cores = new ArrayList<>();

  CpuProbe(TextSource stat) {
    this.stat = stat;
  }

  @Override
  public String subject() {
    return "processors";
  }

  @Override
  public void read(Columns columns, long nanoTime) throws IOException {
    TextLines lines = stat.read();
    int seen = 0;
    while (lines.next() && lines.skip("cpu")) {
      if (lines.skip(" ")) {
        all.read(lines);
        setAll(columns);
      } else if (seen < MAX_CORES) {
        core(seen++, (int) lines.number(), columns).read(lines);
      }
    }
    while (cores.size() > seen) {
      cores.remove(cores.size() - 1);
    }
  }

  private void setAll(Columns columns) {
    columns.of(Catalogue.CPU_UTILIZATION).set(all.utilization());
    columns.of(Catalogue.CPU_USER).set(all.user());
    columns.of(Catalogue.CPU_SYSTEM).set(all.system());
    columns.of(Catalogue.CPU_IOWAIT).set(all.iowait());
    columns.of(Catalogue.CPU_STEAL).set(all.steal());
  }

  /** Cores that are switched off have no line: a place in the text is not a core's number. */
  private Core core(int place, int number, Columns columns) {
    if (place < cores.size() && cores.get(place).number == number) {
      return cores.get(place);
    }
    while (cores.size() > place) {
      cores.remove(cores.size() - 1);
    }
    var core = new Core(number, columns.of(Catalogue.CPU_UTILIZATION, Integer.toString(number)));
    cores.add(core);
    return core;
  }

  private static final class Core {
    private final int number;
    private final Column busy;
    private final CpuTimes times = new CpuTimes();

    Core(int number, Column busy) {
      this.number = number;
      this.busy = busy;
    }

    void read(TextLines lines) throws IOException {
      times.read(lines);
      busy.set(times.utilization());
    }
  }
}
