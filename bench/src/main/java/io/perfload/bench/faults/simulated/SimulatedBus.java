// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.perfload.worker.fleet.PeerBus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What workers tell each other, a little later; nobody hears what was said before. One thread. */
final class SimulatedBus {
  private final World world;
  private final Map<String, List<Listener>> topics = new HashMap<>();

  SimulatedBus(World world) {
    this.world = world;
  }

  /** The bus as one worker sees it. */
  PeerBus of(Life life) {
    return new View(life);
  }

  private record Listener(Life life, Consumer<byte[]> consumer) {}

  private final class View implements PeerBus {
    private final Life life;
    private final long sinceNanos = world.time.nanos();

    View(Life life) {
      this.life = life;
    }

    @Override
    public void publishNewest(int part, List<byte[]> frames) {
      frames.forEach(frame -> publish(FLEET, frame));
    }

    @Override
    public boolean publish(String topic, byte[] message) {
      if (life.isOver()) {
        return false;
      }
      List<Listener> listeners = topics.getOrDefault(topic, List.of());
      listeners.removeIf(listener -> listener.life.isOver());
      for (Listener listener : listeners) {
        world.time.after(
            listener.life, world.about(Timeline.MS), () -> listener.consumer.accept(message));
      }
      return !listeners.isEmpty();
    }

    @Override
    public Subscription subscribe(String topic, Consumer<byte[]> listener) {
      List<Listener> all = topics.computeIfAbsent(topic, unknown -> new ArrayList<>());
      var entry = new Listener(life, listener);
      all.add(entry);
      return () -> all.remove(entry);
    }

    @Override
    public long upForMs() {
      return (world.time.nanos() - sinceNanos) / Timeline.MS;
    }
  }
}
