// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who speaks HTTP or listens to the live feed, so that a worker that stops can see each of them
 * out. As many as there are connections. Any thread.
 */
final class Guests {
  private final Set<Guest> here = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  /** One connection. */
  @FunctionalInterface
  interface Guest {
    /** Leave as soon as nothing is under way. May come more than once. Any thread. */
    void leave();
  }

  /** Somebody came; if it is closing time, they hear so at once. */
  void join(Guest guest) {
    here.add(guest);
    if (closing) {
      guest.leave();
    }
  }

  void left(Guest guest) {
    here.remove(guest);
  }

  /** Asks everybody to leave, and those who come later. */
  void seeOut() {
    closing = true;
    here.forEach(Guest::leave);
  }

  /** How many are here. */
  int count() {
    return here.size();
  }
}
