// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import static java.util.Objects.requireNonNull;

import io.perfload.common.model.HostId;
import io.perfload.worker.history.ChunkStore.Insertion;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Where the gaps of hosts are kept, one document a host. A call that returned is durable:
 * acknowledged by a majority and in the journal. Any thread but an event loop: calls block. A
 * {@link RuntimeException} of a call says that something is wrong with what was given, not with the
 * store.
 */
public interface GapStore {
  /** As many hosts as one call may name. */
  int MAX_BATCH = 500;

  /**
   * Looks hosts up, as a majority has them; one without gaps is not in the answer.
   *
   * @throws StoreUnavailable if no answer came in time; repeating is safe
   */
  Map<HostId, Found> find(Collection<HostId> hosts) throws StoreUnavailable;

  /**
   * Stores the gaps of every host that has none; the others change nothing.
   *
   * @return an entry a host, in the order given
   * @throws StoreUnavailable if no answer came in time; some may be stored, repeating is safe
   */
  List<Insertion> insert(List<HostGaps> hosts) throws StoreUnavailable;

  /**
   * Puts {@code gaps} in the place of the revision {@code rev} of the same host.
   *
   * @return false if another revision, or none, is stored
   * @throws StoreUnavailable if no answer came in time; the outcome is unknown
   */
  boolean replace(HostGaps gaps, long rev) throws StoreUnavailable;

  /**
   * What is stored of a host.
   *
   * @param rev grows with each replacement; what a replacement must name
   */
  record Found(long rev, HostGaps gaps) {
    public Found {
      requireNonNull(gaps, "gaps");
    }
  }
}
