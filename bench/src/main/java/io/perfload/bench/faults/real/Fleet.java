// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.netty.channel.EventLoopGroup;
import io.perfload.bench.faults.proxy.FaultProxy;
import io.perfload.bench.faults.proxy.Weather;
import io.perfload.bench.fleet.AddressRange;
import io.perfload.common.config.HostPort;
import io.perfload.common.model.HostId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The agents of one run: some processes with some hosts each. Each host reaches the door through a
 * proxy and from an address of its own, so that both workers have some. One thread.
 */
final class Fleet implements AutoCloseable {
  static final int PROCESSES = 2;

  private static final int HOSTS_A_PROCESS = 4;
  private static final int SPEED = 15;

  private final List<AgentProcess> processes = new ArrayList<>();
  private final Map<HostId, FaultProxy> proxies = new LinkedHashMap<>();
  private final Map<HostId, Ledger> ledgers = new LinkedHashMap<>();

  private Fleet() {}

  /** Starts all of it. */
  static Fleet start(
      Path directory,
      InetSocketAddress door,
      EventLoopGroup loops,
      Oracle oracle,
      RandomGenerator random)
      throws IOException {
    var fleet = new Fleet();
    long now = System.currentTimeMillis();
    var addresses = new AddressRange(0x7f00_0000, 8);
    for (int i = 0; i < PROCESSES; i++) {
      List<AgentPlan.Host> hosts = new ArrayList<>();
      for (int j = 0; j < HOSTS_A_PROCESS; j++) {
        InetAddress source = addresses.address(random.nextInt(1 << 24));
        hosts.add(
            fleet.host(
                HostId.of(random.nextLong(), random.nextLong()), door, source, loops, oracle));
      }
      var plan = new AgentPlan(directory.resolve("agents-" + i), SPEED, now, 0, hosts);
      fleet.processes.add(new AgentProcess("agents-" + i, plan, oracle));
    }
    for (AgentProcess process : fleet.processes) {
      process.start();
    }
    return fleet;
  }

  private AgentPlan.Host host(
      HostId id, InetSocketAddress door, InetAddress source, EventLoopGroup loops, Oracle oracle)
      throws IOException {
    var ledger = new Ledger(id, oracle);
    var listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var proxy = new FaultProxy(loops, listen, door, source, () -> new AgentTap(ledger));
    ledgers.put(id, ledger);
    proxies.put(id, proxy);
    return new AgentPlan.Host(id, new HostPort("127.0.0.1", proxy.address().getPort()));
  }

  List<AgentProcess> processes() {
    return List.copyOf(processes);
  }

  List<HostId> hosts() {
    return List.copyOf(ledgers.keySet());
  }

  List<FaultProxy> proxies() {
    return List.copyOf(proxies.values());
  }

  List<Ledger> ledgers() {
    return List.copyOf(ledgers.values());
  }

  void set(Weather weather) {
    proxies.values().forEach(proxy -> proxy.set(weather));
  }

  /** Chunks that were sent more than once. */
  int duplicates() {
    return ledgers.values().stream().mapToInt(Ledger::duplicates).sum();
  }

  /** Connections beyond each host's first. */
  long retries() {
    return proxies.values().stream().mapToLong(proxy -> proxy.counts().connections()).sum()
        - proxies.size();
  }

  @Override
  public void close() {
    processes.forEach(AgentProcess::close);
    proxies.values().forEach(FaultProxy::close);
  }
}
