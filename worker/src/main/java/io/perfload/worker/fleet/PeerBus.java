// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import io.perfload.common.model.HostId;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What workers tell each other, at most once and in no promised order. Any thread; nothing here
 * blocks.
 */
public interface PeerBus {
  /** The topic that all workers listen to. */
  String FLEET = "fleet";

  /** The topic on which one worker is asked. */
  static String ask(UUID instance) {
    return "ask:" + instance;
  }

  /** The topic on which one worker is answered. */
  static String reply(UUID instance) {
    return "reply:" + instance;
  }

  /** The topic of a host that somebody watches. */
  static String host(HostId id) {
    return "host:" + id;
  }

  /**
   * Publishes newest values to {@link #FLEET}. Those of the same part that are not sent yet are
   * replaced: nobody needs values that are not the newest.
   *
   * @param part which of our event loops they are of
   */
  void publishNewest(int part, List<byte[]> frames);

  /** Publishes a message; false, and counted, if there are too many waiting or nobody to tell. */
  boolean publish(String topic, byte[] message);

  /**
   * Begins to listen, as soon as there is a connection and again after each that breaks.
   *
   * @param listener called on the bus's thread, must return at once
   */
  Subscription subscribe(String topic, Consumer<byte[]> listener);

  /** How long, without a break, all that was published could be heard; negative if it cannot. */
  long upForMs();

  /** Ends a subscription; closing it again does nothing. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
