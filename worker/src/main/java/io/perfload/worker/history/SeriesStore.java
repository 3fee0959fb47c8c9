// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import java.util.Collection;
import java.util.Map;

/**
 * Where the sets of series that chunks name are kept, each under its hash. Any thread but an event
 * loop: calls block.
 */
public interface SeriesStore {
  /**
   * Stores what is not there yet, durably.
   *
   * @throws StoreUnavailable if no answer came in time; repeating is safe
   */
  void save(Collection<SeriesSet> sets) throws StoreUnavailable;

  /**
   * Looks sets up; those that are unknown or cannot be read are not in the answer.
   *
   * @throws StoreUnavailable if no answer came in time; repeating is safe
   */
  Map<SetHash, SeriesSet> find(Collection<SetHash> hashes) throws StoreUnavailable;
}
