// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.Catalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import oshi.hardware.NetworkIF;

/** Bytes received and sent, by OSHI, which leaves the loopback out. */
final class OshiNetworkProbe implements Probe {
  private static final Duration LOOKED_FOR_EVERY = Duration.ofMinutes(1);

  private final Supplier<List<NetworkIF>> finder;
  private final Pace pace = new Pace(LOOKED_FOR_EVERY);
  private List<NetworkIF> devices = List.of();
  private Map<String, TwoFlows> flows = new HashMap<>();

  OshiNetworkProbe(Supplier<List<NetworkIF>> finder) {
    this.finder = finder;
  }

  @Override
  public String subject() {
    return "network";
  }

  @Override
  public void read(Columns columns, long nanoTime) {
    if (pace.isDue(nanoTime)) {
      lookForDevices();
    }
    var first = new RateSum();
    var second = new RateSum();
    for (NetworkIF device : devices) {
      if (device.updateAttributes()) {
        TwoFlows both = flows.computeIfAbsent(device.getName(), name -> flowsOf(columns, name));
        first.add(both.first().next(device.getBytesRecv(), nanoTime));
        second.add(both.second().next(device.getBytesSent(), nanoTime));
      }
    }
    columns.of(Catalogue.NETWORK_RECEIVE).set(first.value());
    columns.of(Catalogue.NETWORK_TRANSMIT).set(second.value());
  }

  private void lookForDevices() {
    devices = finder.get();
    Map<String, TwoFlows> kept = new HashMap<>();
    for (NetworkIF device : devices) {
      TwoFlows known = flows.get(device.getName());
      if (known != null) {
        kept.put(device.getName(), known);
      }
    }
    flows = kept;
  }

  private static TwoFlows flowsOf(Columns columns, String name) {
    return new TwoFlows(
        new Flow(columns.of(Catalogue.NETWORK_RECEIVE, name)),
        new Flow(columns.of(Catalogue.NETWORK_TRANSMIT, name)));
  }
}
