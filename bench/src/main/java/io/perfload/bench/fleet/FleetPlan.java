// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;

/**
 * What a simulated fleet is to be.
 *
 * @param server whom all agents connect to
 * @param agents how many; one connection and one machine each
 * @param first the number of the first machine, so that several fleets can be different machines
 * @param sources where agents connect from, one address after the other
 * @param threads event loops
 * @param connectsPerSecond how fast the fleet comes up
 * @param pingEvery each agent sends a ping with every so manieth sample; 0 for never
 * @param keptMinutes how many minutes before their first second agents bring along in their spools
 */
public record FleetPlan(
    InetSocketAddress server,
    int agents,
    int first,
    AddressRange sources,
    int threads,
    int connectsPerSecond,
    int pingEvery,
    int keptMinutes) {
  public FleetPlan {
    requireNonNull(server, "server");
    requireNonNull(sources, "sources");
    atLeast(agents, 1, "agents");
    atLeast(threads, 1, "threads");
    atLeast(connectsPerSecond, 1, "connectsPerSecond");
    atLeast(pingEvery, 0, "pingEvery");
    atLeast(keptMinutes, 0, "keptMinutes");
  }

  /** A fleet that brings nothing along. */
  public FleetPlan(
      InetSocketAddress server,
      int agents,
      int first,
      AddressRange sources,
      int threads,
      int connectsPerSecond,
      int pingEvery) {
    this(server, agents, first, sources, threads, connectsPerSecond, pingEvery, 0);
  }

  /** The same fleet with a past. */
  public FleetPlan withKeptMinutes(int minutes) {
    return new FleetPlan(
        server, agents, first, sources, threads, connectsPerSecond, pingEvery, minutes);
  }

  /** A fleet that comes up at 2,000 agents a second on one thread and pings every fourth second. */
  public static FleetPlan of(InetSocketAddress server, int agents, AddressRange sources) {
    return new FleetPlan(server, agents, 0, sources, 1, 2000, 4);
  }

  private static void atLeast(int value, int least, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ")");
    }
  }
}
