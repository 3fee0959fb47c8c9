// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.accept;

/**
 * Judges how often each client address connects: a token bucket an address, kept as one time, that
 * at which the bucket is full again. A bucket that is full is no different from none.
 *
 * <p>The memory is fixed: {@value #SETS} sets of {@value #WAYS} clients. Where a set is full of
 * clients that connected lately, the one whose bucket is fullest is forgotten, and counted: it gets
 * back what it had used, and nobody else notices. Confined to the door's event loop; allocates
 * nothing.
 */
public final class ConnectRate {
  static final int SETS = 8_192;
  static final int WAYS = 8;

  private static final long SECOND = 1_000_000_000L;

  private final ConnectLimits limits;
  private final long seed;
  private final long epoch;
  private final long interval;
  private final long burst;
  private final long[] clients = new long[SETS * WAYS];

  /** When the bucket beside it is full again, after {@link #epoch}; 0 in an unused place. */
  private final long[] fullAt = new long[SETS * WAYS];

  private long limited;
  private long forgotten;

  /**
   * @param seed random: nobody is to know which addresses share a set
   * @param now by the clock of {@link #allows}
   */
  public ConnectRate(ConnectLimits limits, long seed, long now) {
    this.limits = limits;
    this.seed = seed;
    epoch = now;
    interval = SECOND / limits.perSecond();
    burst = interval * limits.atOnce();
  }

  /**
   * Whether the client may connect once more. Counts it if so.
   *
   * @param client see {@link io.perfload.common.route.ClientKey}
   */
  public boolean allows(long client, long nowNanos) {
    if (limits.allowed().contains(client)) {
      return true;
    }
    long now = nowNanos - epoch;
    int place = place(client, now);
    long full = clients[place] == client ? Math.max(now, fullAt[place]) : now;
    if (full + interval - now > burst) {
      limited++;
      return false;
    }
    if (clients[place] != client && fullAt[place] > now) {
      forgotten++;
    }
    clients[place] = client;
    fullAt[place] = full + interval;
    return true;
  }

  /** The client's own place, or else the one that is to be had for the least. */
  private int place(long client, long now) {
    int first = set(client) * WAYS;
    int best = first;
    for (int place = first; place < first + WAYS; place++) {
      if (clients[place] == client && fullAt[place] > now) {
        return place;
      }
      if (fullAt[place] < fullAt[best]) {
        best = place;
      }
    }
    return best;
  }

  /** Mixes every bit of the client into the set's number (the end of MurmurHash3). */
  int set(long client) {
    long mixed = client ^ seed;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return (int) ((mixed ^ (mixed >>> 33)) & (SETS - 1));
  }

  /** Connections that were not allowed. */
  public long limited() {
    return limited;
  }

  /** Clients that were forgotten for want of room while their buckets were not full. */
  public long forgotten() {
    return forgotten;
  }
}
