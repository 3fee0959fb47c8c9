// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import io.perfload.common.model.HostId;
import io.perfload.worker.fleet.TailPart;
import io.perfload.worker.fleet.Tails;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Tails that a test puts in, whole or to be completed later. */
final class FakeTails implements Tails {
  private final Map<HostId, CompletableFuture<List<TailPart>>> tails = new ConcurrentHashMap<>();

  @Override
  public CompletableFuture<List<TailPart>> tail(HostId id) {
    return tails.getOrDefault(id, CompletableFuture.completedFuture(List.of())).copy();
  }

  void put(HostId id, List<TailPart> parts) {
    tails.put(id, CompletableFuture.completedFuture(parts));
  }

  CompletableFuture<List<TailPart>> later(HostId id) {
    var future = new CompletableFuture<List<TailPart>>();
    tails.put(id, future);
    return future;
  }
}
