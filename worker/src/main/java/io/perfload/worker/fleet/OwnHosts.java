// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import io.perfload.common.model.HostId;
import io.perfload.worker.fleet.PackedTail.PackedRun;
import java.util.List;
import java.util.function.Consumer;

/** The hosts whose agents are connected to this worker. Any thread; never blocks. */
public interface OwnHosts {
  boolean owns(HostId id);

  /**
   * Reads the host's newest seconds.
   *
   * @param reader called once, on the host's event loop; must return at once
   * @return false if the host is not ours, and nobody is called
   */
  boolean tail(HostId id, Consumer<List<PackedRun>> reader);

  /** Has every host described again with the next frames. */
  void describeAll();

  /**
   * Another worker speaks for the host since {@code sinceMs} by its clock; a connection of ours
   * that still claims it is closed.
   */
  void superseded(HostId id, long sinceMs);
}
