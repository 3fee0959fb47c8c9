// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import java.io.IOException;

/** Reads one thing of this machine. Confined to the sampling thread. */
public interface Probe {
  /** What is read, for people: "memory", "disks". */
  String subject();

  /**
   * Reads it and sets the columns it has values for; the others are absent this time.
   *
   * @param nanoTime now, by a clock that never goes back
   * @throws IOException when it cannot be read; columns set before stay set
   */
  void read(Columns columns, long nanoTime) throws IOException;
}
