// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.perfload.common.model.Catalogue;
import io.perfload.common.model.HostFacts;
import io.perfload.common.model.HostId;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.Sample;
import io.perfload.common.model.Series;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SpoolReport;
import io.perfload.worker.fleet.Fleet;
import io.perfload.worker.fleet.HostState;
import io.perfload.worker.fleet.HostState.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Hosts that a test puts in. */
final class FakeFleet implements Fleet {
  static final SeriesSet SET =
      SeriesSet.of(
          List.of(
              Series.of(Catalogue.CPU_UTILIZATION),
              new Series(Catalogue.CPU_UTILIZATION, "0"),
              Series.of(Catalogue.MEMORY_TOTAL),
              Series.of(Catalogue.MEMORY_USED)));

  private final Map<HostId, HostState> hosts = new ConcurrentHashMap<>();

  @Override
  public Optional<HostState> find(HostId id) {
    return Optional.ofNullable(hosts.get(id));
  }

  @Override
  public List<HostState> all() {
    return List.copyOf(hosts.values());
  }

  HostState put(HostState host) {
    hosts.put(host.profile().id(), host);
    return host;
  }

  /** An online host that uses a share of its CPU and half of its memory. */
  static HostState host(String name, double cpu) {
    return host(HostId.random(), name, Status.ONLINE, cpu);
  }

  static HostState host(HostId id, String name, Status status, double cpu) {
    var facts =
        new HostFacts(
            new HostFacts.Os("Linux", "Debian GNU/Linux", "12", "amd64"),
            new HostFacts.Cpu("A CPU", 2, 4, 2_000_000_000L),
            8L << 30,
            1_000,
            "0.1.0");
    var profile = new HostProfile(id, name, new TreeMap<>(Map.of("role", "web")), facts);
    return new HostState(
        profile,
        status,
        false,
        5_000,
        "10.0.0.7",
        "node-1",
        2,
        9_000,
        3,
        -4,
        SET,
        Optional.of(sample(9_000, 1, cpu)),
        Optional.empty());
  }

  static HostState spooling(HostState host, SpoolReport report) {
    return new HostState(
        host.profile(),
        host.status(),
        host.stale(),
        host.sinceMs(),
        host.address(),
        host.node(),
        host.slot(),
        host.lastSampleAtMs(),
        host.rttMs(),
        host.clockOffsetMs(),
        host.set(),
        host.last(),
        Optional.of(report));
  }

  static Sample sample(long at, long sequence, double cpu) {
    long scaled = Catalogue.CPU_UTILIZATION.scale(cpu);
    return new Sample(at, sequence, new long[] {scaled, scaled, 8L << 30, 4L << 30});
  }
}
