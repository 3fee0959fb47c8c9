// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalInt;

/** Says where a client of the door goes. Any thread; never blocks. */
@FunctionalInterface
public interface RouteLookup {
  Routed route(InetAddress client);

  /**
   * Where one client goes.
   *
   * @param slot where it would go now, under the load bound; empty if nobody takes connections
   * @param preference the slots in the pure order, best first
   */
  record Routed(OptionalInt slot, List<Integer> preference) {
    public Routed {
      preference = List.copyOf(preference);
    }
  }
}
