// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import io.perfload.common.model.HostId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The newest seconds of hosts, which are in their owner's memory and perhaps not yet in the store.
 */
public interface Tails {
  /**
   * Asks whoever owns the host, at most two seconds long. Any thread; never blocks.
   *
   * @return the newest two minutes, oldest first; empty for a host nobody owns, or if its owner did
   *     not answer
   */
  CompletableFuture<List<TailPart>> tail(HostId id);
}
