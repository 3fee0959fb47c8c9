// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.Catalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import oshi.hardware.HWDiskStore;

/** Bytes read from and written to disks, by OSHI. */
final class OshiDiskIoProbe implements Probe {
  private static final Duration LOOKED_FOR_EVERY = Duration.ofMinutes(1);

  private final Supplier<List<HWDiskStore>> finder;
  private final Pace pace = new Pace(LOOKED_FOR_EVERY);
  private List<HWDiskStore> devices = List.of();
  private Map<String, TwoFlows> flows = new HashMap<>();

  OshiDiskIoProbe(Supplier<List<HWDiskStore>> finder) {
    this.finder = finder;
  }

  @Override
  public String subject() {
    return "disk traffic";
  }

  @Override
  public void read(Columns columns, long nanoTime) {
    if (pace.isDue(nanoTime)) {
      lookForDevices();
    }
    var first = new RateSum();
    var second = new RateSum();
    for (HWDiskStore device : devices) {
      if (device.updateAttributes()) {
        TwoFlows both = flows.computeIfAbsent(device.getName(), name -> flowsOf(columns, name));
        first.add(both.first().next(device.getReadBytes(), nanoTime));
        second.add(both.second().next(device.getWriteBytes(), nanoTime));
      }
    }
    columns.of(Catalogue.DISK_READ).set(first.value());
    columns.of(Catalogue.DISK_WRITE).set(second.value());
  }

  private void lookForDevices() {
    devices = finder.get();
    Map<String, TwoFlows> kept = new HashMap<>();
    for (HWDiskStore device : devices) {
      TwoFlows known = flows.get(device.getName());
      if (known != null) {
        kept.put(device.getName(), known);
      }
    }
    flows = kept;
  }

  private static TwoFlows flowsOf(Columns columns, String name) {
    return new TwoFlows(
        new Flow(columns.of(Catalogue.DISK_READ, name)),
        new Flow(columns.of(Catalogue.DISK_WRITE, name)));
  }
}
