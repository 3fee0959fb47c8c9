// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.Catalogue;
import java.util.ArrayList;
import java.util.List;
import oshi.hardware.CentralProcessor;

/** Processor time and load, by OSHI; its ticks come in the order of {@link CpuTimes}. */
final class OshiCpuProbe implements Probe {
  private final CentralProcessor processor;
  private final CpuTimes all = new CpuTimes();
  private final List<CpuTimes> cores = new ArrayList<>();

  OshiCpuProbe(CentralProcessor processor) {
    this.processor = processor;
  }

  @Override
  public String subject() {
    return "processors";
  }

  @Override
  public void read(Columns columns, long nanoTime) {
    all.read(processor.getSystemCpuLoadTicks());
    columns.of(Catalogue.CPU_UTILIZATION).set(all.utilization());
    columns.of(Catalogue.CPU_USER).set(all.user());
    columns.of(Catalogue.CPU_SYSTEM).set(all.system());
    columns.of(Catalogue.CPU_IOWAIT).set(all.iowait());
    columns.of(Catalogue.CPU_STEAL).set(all.steal());
    readCores(columns);
    readLoad(columns);
  }

  private void readCores(Columns columns) {
    long[][] ticks = processor.getProcessorCpuLoadTicks();
    for (int core = 0; core < ticks.length; core++) {
      if (core == cores.size()) {
        cores.add(new CpuTimes());
      }
      cores.get(core).read(ticks[core]);
      columns
          .of(Catalogue.CPU_UTILIZATION, Integer.toString(core))
          .set(cores.get(core).utilization());
    }
  }

  private void readLoad(Columns columns) {
    double[] load = processor.getSystemLoadAverage(3);
    columns.of(Catalogue.LOAD_1M).set(known(load[0]));
    columns.of(Catalogue.LOAD_5M).set(known(load[1]));
    columns.of(Catalogue.LOAD_15M).set(known(load[2]));
  }

  /** OSHI says less than 0 where it cannot tell. */
  private static double known(double load) {
    return load < 0 ? Double.NaN : load;
  }
}
