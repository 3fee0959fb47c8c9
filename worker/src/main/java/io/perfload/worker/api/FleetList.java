// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.perfload.worker.fleet.HostState;
import io.perfload.worker.fleet.HostState.Status;
import java.util.Comparator;
import java.util.List;

/**
 * The hosts of a query in its order.
 *
 * @param online how many of them are
 */
record FleetList(List<HostState> hosts, int online) {
  private static final Comparator<HostState> BY_NAME =
      Comparator.comparing((HostState host) -> host.profile().name(), String.CASE_INSENSITIVE_ORDER)
          .thenComparing(host -> host.profile().id());

  static FleetList of(List<HostState> all, FleetQuery query) {
    List<Keyed> keyed =
        all.stream()
            .filter(query::matches)
            .map(host -> new Keyed(host, key(host, query)))
            .sorted(order(query))
            .toList();
    int online = 0;
    for (Keyed one : keyed) {
      online += one.host().status() == Status.ONLINE ? 1 : 0;
    }
    return new FleetList(keyed.stream().map(Keyed::host).toList(), online);
  }

  int total() {
    return hosts.size();
  }

  int offline() {
    return hosts.size() - online;
  }

  List<HostState> rows(int offset, int limit) {
    int from = Math.min(offset, hosts.size());
    return hosts.subList(from, Math.min(hosts.size(), from + limit));
  }

  /** Offline hosts, then hosts without the measure, come last in either direction. */
  private static Comparator<Keyed> order(FleetQuery query) {
    Comparator<Keyed> byName = Comparator.comparing(Keyed::host, BY_NAME);
    if (query.sort().equals("name")) {
      return query.ascending() ? byName : byName.reversed();
    }
    Comparator<Keyed> byKey = Comparator.comparingDouble(Keyed::key);
    Comparator<Keyed> directed = query.ascending() ? byKey : byKey.reversed();
    Comparator<Keyed> absentLast = Comparator.comparing(one -> Double.isNaN(one.key()));
    Comparator<Keyed> present = absentLast.thenComparing(directed).thenComparing(byName);
    return query.isField()
        ? present
        : Comparator.<Keyed, Status>comparing(one -> one.host().status()).thenComparing(present);
  }

  private static double key(HostState host, FleetQuery query) {
    return switch (query.sort()) {
      case "name" -> 0;
      case "status" -> host.status() == Status.ONLINE ? 0 : 1;
      case "since" -> host.sinceMs();
      case "lastSampleAt" -> host.lastSampleAtMs() > 0 ? host.lastSampleAtMs() : Double.NaN;
      default -> value(host, query.sort());
    };
  }

  private static double value(HostState host, String sort) {
    for (LatestValues.Share share : LatestValues.SHARES) {
      if (share.name().equals(sort)) {
        return share.of(host);
      }
    }
    return LatestValues.total(host, sort);
  }

  private record Keyed(HostState host, double key) {}
}
