// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import io.perfload.common.model.HostId;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;

/** The samples of single hosts as they arrive, wherever they arrive. */
public interface HostFeed {
  /**
   * Begins to call {@code listener} with every new sample of the host, on any thread, never two at
   * a time. Any thread; never blocks.
   */
  Watch watch(HostId id, Listener listener);

  /** Told of samples; must return at once. */
  @FunctionalInterface
  interface Listener {
    void sampled(HostId id, SeriesSet set, Sample sample);
  }

  /** Ends a watch; closing it again does nothing. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
