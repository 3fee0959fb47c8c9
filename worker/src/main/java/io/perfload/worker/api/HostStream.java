// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one watcher still has to be told of one host: first the newest minutes, then each sample as
 * it comes, none twice. At most {@value #MAX_WAITING} wait; then the oldest goes. Confined to the
 * channel's event loop.
 */
final class HostStream {
  static final int MAX_WAITING = 300;

  private final HostId id;
  private final ArrayDeque<Item> waiting = new ArrayDeque<>();
  private boolean tailCame;
  private long dropped;

  HostStream(HostId id) {
    this.id = id;
  }

  HostId id() {
    return id;
  }

  /** A sample as it comes; before the tail it waits. */
  void sampled(Item item) {
    waiting.add(item);
    bound();
  }

  /** The newest minutes, oldest first: they go before what came meanwhile. */
  void tail(List<Item> items) {
    Set<Moment> known = new HashSet<>();
    items.forEach(item -> known.add(item.moment()));
    waiting.removeIf(item -> known.contains(item.moment()));
    for (int i = items.size() - 1; i >= 0; i--) {
      waiting.addFirst(items.get(i));
    }
    tailCame = true;
    bound();
  }

  boolean hasNext() {
    return tailCame && !waiting.isEmpty();
  }

  byte[] next() {
    return waiting.remove().message();
  }

  /** Leaves out what a reader that is too slow has missed; returns how many. */
  long takeDropped() {
    long taken = dropped;
    dropped = 0;
    return taken;
  }

  private void bound() {
    while (waiting.size() > MAX_WAITING) {
      waiting.remove();
      dropped++;
    }
  }

  /** Which sample of a host. */
  record Moment(long takenAtMs, long sequence) {
    static Moment of(Sample sample) {
      return new Moment(sample.takenAtMs(), sample.sequence());
    }
  }

  /** A sample, written. Only equal to itself. */
  static final class Item {
    private final Moment moment;
    private final byte[] message;

    Item(Moment moment, byte[] message) {
      this.moment = moment;
      this.message = message;
    }

    Moment moment() {
      return moment;
    }

    byte[] message() {
      return message;
    }
  }
}
