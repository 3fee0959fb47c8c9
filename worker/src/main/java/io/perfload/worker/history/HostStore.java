// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.history;

import java.util.Collection;
import java.util.List;

/** What is kept of hosts besides their history. Any thread but an event loop: calls block. */
public interface HostStore {
  /** As many hosts as one fleet may have. */
  int MAX_HOSTS = 100_000;

  /**
   * Returns every host ever seen, at most {@value #MAX_HOSTS}.
   *
   * @throws StoreUnavailable if no answer came in time; repeating is safe
   */
  List<HostRecord> all() throws StoreUnavailable;

  /**
   * Writes what is known of hosts; a record with an older {@code lastSampleAtMs} than the stored
   * one changes nothing.
   *
   * @throws StoreUnavailable if no answer came in time; the outcome is unknown, repeating is safe
   */
  void save(Collection<HostRecord> records) throws StoreUnavailable;
}
