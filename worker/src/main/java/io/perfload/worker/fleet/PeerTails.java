// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import static java.util.Objects.requireNonNull;

import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.HostId;
import io.perfload.worker.fleet.PackedTail.PackedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Tails from our own memory or, over the bus, from the owner's. At most {@value #LIMIT} questions
 * are open at a time; one more gets an empty answer. Any thread.
 */
final class PeerTails implements Tails {
  private static final int LIMIT = 1024;
  private static final int MAX_REPLY = 1 << 20;
  private static final long TIMEOUT_MS = 2_000;

  private final UUID self;
  private final PeerBus bus;
  private final OwnHosts own;
  private final Function<HostId, Optional<Description>> online;
  private final AtomicLong requests = new AtomicLong();
  private final ConcurrentMap<Long, CompletableFuture<List<PackedRun>>> open =
      new ConcurrentHashMap<>();

  PeerTails(UUID self, PeerBus bus, OwnHosts own, Function<HostId, Optional<Description>> online) {
    this.self = requireNonNull(self, "self");
    this.bus = requireNonNull(bus, "bus");
    this.own = requireNonNull(own, "own");
    this.online = requireNonNull(online, "online");
  }

  @Override
  public CompletableFuture<List<TailPart>> tail(HostId id) {
    var runs = new CompletableFuture<List<PackedRun>>();
    long request = requests.incrementAndGet();
    if (!own.tail(id, runs::complete)) {
      ask(id, request, runs);
    }
    return runs.completeOnTimeout(List.of(), TIMEOUT_MS, TimeUnit.MILLISECONDS)
        .thenApply(
            packed -> {
              open.remove(request);
              return unpack(packed);
            });
  }

  /** Answers another worker, if the host is ours. */
  void answer(PeerMessage.AskTail ask) {
    own.tail(
        ask.host(),
        runs ->
            bus.publish(
                PeerBus.reply(ask.replyTo()),
                PeerMessage.encode(new PeerMessage.Tail(ask.request(), newest(runs)))));
  }

  /** Another worker has answered. */
  void answered(PeerMessage.Tail tail) {
    CompletableFuture<List<PackedRun>> waiting = open.remove(tail.request());
    if (waiting != null) {
      waiting.complete(tail.runs());
    }
  }

  private void ask(HostId id, long request, CompletableFuture<List<PackedRun>> answer) {
    Optional<UUID> owner =
        online
            .apply(id)
            .map(description -> description.owner().instance())
            .filter(instance -> !instance.equals(self));
    if (owner.isEmpty() || open.size() >= LIMIT) {
      answer.complete(List.of());
      return;
    }
    open.put(request, answer);
    byte[] question = PeerMessage.encode(new PeerMessage.AskTail(request, self, id));
    if (!bus.publish(PeerBus.ask(owner.get()), question)) {
      answered(new PeerMessage.Tail(request, List.of()));
    }
  }

  private static List<PackedRun> newest(List<PackedRun> runs) {
    List<PackedRun> fitting = new ArrayList<>(runs);
    long bytes = runs.stream().mapToLong(run -> run.packed().length).sum();
    while (bytes > MAX_REPLY) {
      bytes -= fitting.remove(0).packed().length;
    }
    return fitting;
  }

  private static List<TailPart> unpack(List<PackedRun> runs) {
    try {
      return PackedTail.unpack(runs);
    } catch (Malformed e) {
      return List.of();
    }
  }
}
