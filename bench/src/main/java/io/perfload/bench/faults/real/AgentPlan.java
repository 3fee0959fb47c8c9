// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.perfload.common.config.HostPort;
import io.perfload.common.model.HostId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process of agents is started with.
 *
 * @param directory where each host has a directory for its spool
 * @param speed how much faster its clock runs
 * @param beganMs see {@link RunningClock}
 * @param setByMs see {@link RunningClock}
 */
record AgentPlan(Path directory, int speed, long beganMs, long setByMs, List<Host> hosts) {
  private static final int FIXED = 4;

  AgentPlan {
    hosts = List.copyOf(hosts);
  }

  Path data(HostId host) {
    return directory.resolve(host.toString());
  }

  Path spool(HostId host) {
    return data(host).resolve("spool");
  }

  AgentPlan setBy(long millis) {
    return new AgentPlan(directory, speed, beganMs, setByMs + millis, hosts);
  }

  List<String> toWords() {
    List<String> words = new ArrayList<>();
    words.add(directory.toString());
    words.add(Integer.toString(speed));
    words.add(Long.toString(beganMs));
    words.add(Long.toString(setByMs));
    for (Host host : hosts) {
      words.add(host.id() + "@" + host.server());
    }
    return words;
  }

  /** Reads what {@link #toWords} wrote. */
  static AgentPlan of(List<String> words) {
    List<Host> hosts = words.subList(FIXED, words.size()).stream().map(Host::of).toList();
    return new AgentPlan(
        Path.of(words.get(0)),
        Integer.parseInt(words.get(1)),
        Long.parseLong(words.get(2)),
        Long.parseLong(words.get(3)),
        hosts);
  }

  /**
   * One host.
   *
   * @param server where it finds the door
   */
  record Host(HostId id, HostPort server) {
    private static Host of(String word) {
      int at = word.indexOf('@');
      int colon = word.lastIndexOf(':');
      return new Host(
          HostId.parse(word.substring(0, at)).orElseThrow(),
          new HostPort(word.substring(at + 1, colon), Integer.parseInt(word.substring(colon + 1))));
    }
  }
}
