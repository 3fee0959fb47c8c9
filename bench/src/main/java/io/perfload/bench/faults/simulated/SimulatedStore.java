// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.perfload.bench.faults.oracle.History;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.worker.history.HostGaps;
import io.perfload.worker.history.StoreUnavailable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The documents of a store that all workers write to. A write is visible to writers at once, to
 * readers and to the end of the machine once it was answered; one that was not may be lost when the
 * store crashes. One thread.
 */
final class SimulatedStore implements History {
  private static final long TIMEOUT_NANOS = 40 * Timeline.MS;

  private final World world;
  final Documents<ChunkId, PackedChunk> chunks = new Documents<>();
  final Documents<SetHash, SeriesSet> series = new Documents<>();
  final Documents<HostId, HostGaps> gaps = new Documents<>();
  private long awayUntilNanos = Long.MIN_VALUE;
  private double failures;
  private long latencyNanos = Timeline.MS;
  private long crashes;

  SimulatedStore(World world) {
    this.world = world;
  }

  /** How it behaves while it is there. */
  void behave(long newLatencyNanos, double newFailures) {
    latencyNanos = newLatencyNanos;
    failures = newFailures;
  }

  void awayUntil(long nanos) {
    awayUntilNanos = nanos;
  }

  boolean isAway() {
    return awayUntilNanos > world.time.nanos();
  }

  /** Ends and begins again: what was not answered yet is there or not. */
  void crash() {
    crashes++;
    chunks.crash(world);
    series.crash(world);
    gaps.crash(world);
  }

  /** What a call does. */
  interface Effect<T> {
    T apply();
  }

  /**
   * One call: it takes its time before and after its effect, while others go on, and may fail
   * before or after it.
   *
   * @param commit what its answer makes durable
   */
  <T> T call(Life life, Effect<T> effect, Runnable commit) throws StoreUnavailable {
    life.step();
    world.time.pass(world.about(latencyNanos));
    life.step();
    if (isAway() || world.chance(failures / 2)) {
      world.count(Mishap.STORE_REFUSED, "store");
      world.time.pass(world.about(TIMEOUT_NANOS));
      throw unavailable(life);
    }
    T answer = effect.apply();
    long epoch = crashes;
    if (world.plant == Plant.EARLY_ANSWER) {
      world.time.after(5 * Timeline.SECOND, commit);
      return answer;
    }
    long durableAfter = world.about(latencyNanos);
    world.time.after(durableAfter, commit);
    life.step();
    world.time.pass(durableAfter + 1);
    life.step();
    if (epoch != crashes) {
      throw unavailable(life);
    }
    if (isAway() || world.chance(failures / 2)) {
      world.count(Mishap.ANSWER_LOST, "store");
      world.time.pass(world.about(TIMEOUT_NANOS));
      throw unavailable(life);
    }
    return answer;
  }

  private StoreUnavailable unavailable(Life life) {
    life.step();
    world.sightings.storeRetries++;
    return new StoreUnavailable("away", new IOException("no route to the store"));
  }

  @Override
  public List<Chunk> chunks(HostId host) {
    List<Chunk> all = new ArrayList<>();
    chunks
        .committed()
        .forEach(
            (id, chunk) -> {
              if (id.host().equals(host)) {
                decoded(chunk).ifPresent(all::add);
              }
            });
    return all;
  }

  @Override
  public List<LostSamples> gaps(HostId host) {
    return gaps.find(host).map(found -> found.value().gaps()).orElse(List.of());
  }

  private Optional<Chunk> decoded(PackedChunk chunk) {
    Optional<SeriesSet> set = series.find(chunk.set()).map(Documents.Version::value);
    try {
      return set.isPresent() ? Optional.of(ChunkCodec.unpack(chunk, set.get())) : Optional.empty();
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  /** Documents by id, each with the versions that may still be undone. */
  static final class Documents<K, V> {
    private final Map<K, List<Version<V>>> all = new LinkedHashMap<>();

    /** One content of a document; equal only to itself. */
    static final class Version<V> {
      private final long rev;
      private final V value;
      private boolean durable;

      Version(long rev, V value) {
        this.rev = rev;
        this.value = value;
      }

      long rev() {
        return rev;
      }

      V value() {
        return value;
      }
    }

    Optional<Version<V>> newest(K id) {
      List<Version<V>> versions = all.getOrDefault(id, List.of());
      return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }

    /** What a majority has. */
    Optional<Version<V>> find(K id) {
      List<Version<V>> versions = all.getOrDefault(id, List.of());
      for (int i = versions.size() - 1; i >= 0; i--) {
        if (versions.get(i).durable) {
          return Optional.of(versions.get(i));
        }
      }
      return Optional.empty();
    }

    Version<V> put(K id, long rev, V value) {
      var version = new Version<>(rev, value);
      all.computeIfAbsent(id, unknown -> new ArrayList<>(2)).add(version);
      return version;
    }

    /** A version that is durable makes all before it durable and forgotten. */
    void commit(K id, Version<V> version) {
      List<Version<V>> versions = all.getOrDefault(id, new ArrayList<>());
      int at = versions.indexOf(version);
      if (at >= 0) {
        version.durable = true;
        versions.subList(0, at).clear();
      }
    }

    void crash(World world) {
      for (List<Version<V>> versions : all.values()) {
        int last = versions.size() - 1;
        while (last >= 0 && !versions.get(last).durable && world.random.nextBoolean()) {
          versions.remove(last--);
        }
        if (last >= 0) {
          versions.get(last).durable = true;
          versions.subList(0, last).clear();
        }
      }
      all.values().removeIf(List::isEmpty);
    }

    Map<K, V> committed() {
      Map<K, V> committed = new LinkedHashMap<>();
      all.keySet().forEach(id -> find(id).ifPresent(found -> committed.put(id, found.value)));
      return committed;
    }
  }
}
