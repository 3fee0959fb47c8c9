// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.perfload.agent.probe.Columns;
import io.perfload.agent.probe.Machine;
import io.perfload.agent.probe.Probe;
import io.perfload.common.Version;
import io.perfload.common.model.Catalogue;
import io.perfload.common.model.HostFacts;
import io.perfload.common.model.HostId;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A machine whose readings follow from its host and the number of the reading. Disks come and go,
 * so that its set of series changes.
 */
final class InventedMachine implements Machine {
  private static final int READINGS_A_DISK = 40;
  private static final int DISKS = 3;
  private static final long MEMORY = 8L << 30;

  private final HostId host;

  InventedMachine(HostId host) {
    this.host = host;
  }

  @Override
  public List<Probe> probes() {
    return List.of(new Invention(host.low()));
  }

  @Override
  public HostFacts facts() {
    return new HostFacts(
        new HostFacts.Os("Linux", "Invented", "1", "amd64"),
        new HostFacts.Cpu("Invented", 2, 2, 2_000_000_000L),
        MEMORY,
        0,
        Version.current());
  }

  @Override
  public String hostName() {
    return "invented-" + host.toString().substring(0, 8);
  }

  /** All of its values. Confined to the sampling thread. */
  private static final class Invention implements Probe {
    private final SplittableRandom random;
    private int readings;

    Invention(long seed) {
      random = new SplittableRandom(seed);
    }

    @Override
    public String subject() {
      return "invention";
    }

    @Override
    public void read(Columns columns, long nanoTime) {
      readings++;
      columns.of(Catalogue.CPU_UTILIZATION).set(random.nextDouble());
      columns.of(Catalogue.MEMORY_USED).set(random.nextLong(MEMORY));
      columns.of(Catalogue.NETWORK_RECEIVE, "eth0").set(random.nextLong(1 << 20));
      if (random.nextInt(4) > 0) {
        columns.of(Catalogue.PROCESS_COUNT).set(random.nextLong(400));
      }
      String disk = "disk" + readings / READINGS_A_DISK % DISKS;
      columns.of(Catalogue.DISK_READ, disk).set(random.nextLong(1 << 30));
    }
  }
}
