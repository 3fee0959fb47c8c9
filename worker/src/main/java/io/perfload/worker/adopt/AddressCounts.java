// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * How many connections each client address has open. Holds an entry for each address that has one,
 * 12 bytes and some room to spare, so connections bound it. Any thread.
 */
final class AddressCounts {
  private static final int LEAST = 64;

  private final long seed;

  @GuardedBy("this")
  private long[] clients = new long[LEAST];

  /** 0 in an unused place. */
  @GuardedBy("this")
  private int[] counts = new int[LEAST];

  @GuardedBy("this")
  private int used;

  /**
   * @param seed random: nobody is to know which addresses collide
   */
  AddressCounts(long seed) {
    this.seed = seed;
  }

  /**
   * Counts one more, unless there are {@code most} already; returns whether it did.
   *
   * @param client see {@link io.perfload.common.route.ClientKey}
   */
  synchronized boolean enter(long client, int most) {
    int place = place(client);
    if (counts[place] >= most) {
      return false;
    }
    if (counts[place]++ == 0) {
      clients[place] = client;
      if (++used > counts.length / 2) {
        resize(counts.length * 2);
      }
    }
    return true;
  }

  /** Takes back one {@link #enter}. */
  synchronized void leave(long client) {
    int place = place(client);
    if (counts[place] == 0) {
      throw new IllegalStateException("nobody to leave");
    }
    if (--counts[place] == 0) {
      used--;
      closeUp(place);
      if (counts.length > LEAST && used < counts.length / 8) {
        resize(counts.length / 2);
      }
    }
  }

  synchronized int count(long client) {
    return counts[place(client)];
  }

  /** How many addresses have a connection. */
  synchronized int addresses() {
    return used;
  }

  /** How many places there are. */
  synchronized int places() {
    return counts.length;
  }

  @GuardedBy("this")
  private int place(long client) {
    int place = home(client);
    while (counts[place] != 0 && clients[place] != client) {
      place = next(place);
    }
    return place;
  }

  /** Moves those back that are further on only because {@code free} was not. */
  @GuardedBy("this")
  private void closeUp(int gap) {
    int free = gap;
    for (int place = next(free); counts[place] != 0; place = next(place)) {
      int mask = counts.length - 1;
      int way = (place - home(clients[place])) & mask;
      if (way >= ((place - free) & mask)) {
        clients[free] = clients[place];
        counts[free] = counts[place];
        counts[place] = 0;
        free = place;
      }
    }
  }

  @GuardedBy("this")
  private void resize(int places) {
    long[] oldClients = clients;
    int[] oldCounts = counts;
    clients = new long[places];
    counts = new int[places];
    for (int i = 0; i < oldCounts.length; i++) {
      if (oldCounts[i] != 0) {
        int place = place(oldClients[i]);
        clients[place] = oldClients[i];
        counts[place] = oldCounts[i];
      }
    }
  }

  @GuardedBy("this")
  private int next(int place) {
    return (place + 1) & (counts.length - 1);
  }

  /** Mixes every bit of the client into its place (the end of MurmurHash3). */
  @GuardedBy("this")
  private int home(long client) {
    long mixed = client ^ seed;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return (int) (mixed ^ (mixed >>> 33)) & (counts.length - 1);
  }
}
