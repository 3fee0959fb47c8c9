// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.testing;

import io.perfload.worker.fleet.PeerBus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Topics in memory: whoever has the same object is on the bus; tells at once. */
public final class MemoryBus implements PeerBus {
  private final Map<String, List<Consumer<byte[]>>> listeners = new ConcurrentHashMap<>();
  private final long startedAt = System.nanoTime();

  @Override
  public void publishNewest(int part, List<byte[]> frames) {
    frames.forEach(frame -> publish(FLEET, frame));
  }

  @Override
  public boolean publish(String topic, byte[] message) {
    listeners.getOrDefault(topic, List.of()).forEach(listener -> listener.accept(message));
    return true;
  }

  @Override
  public Subscription subscribe(String topic, Consumer<byte[]> listener) {
    List<Consumer<byte[]>> all =
        listeners.computeIfAbsent(topic, unknown -> new CopyOnWriteArrayList<>());
    all.add(listener);
    return () -> all.remove(listener);
  }

  /** How many listen to a topic. */
  public int listeners(String topic) {
    return listeners.getOrDefault(topic, List.of()).size();
  }

  @Override
  public long upForMs() {
    return (System.nanoTime() - startedAt) / 1_000_000;
  }
}
