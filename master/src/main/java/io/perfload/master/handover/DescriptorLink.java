// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.handover;

import java.io.IOException;

/** The way down to one worker. Confined to the door's event loop. */
public interface DescriptorLink {
  /**
   * Sends a copy of {@code fd}.
   *
   * @return false if it cannot take one now; trying again later is right
   * @throws IOException if it never will again
   */
  boolean send(int fd) throws IOException;

  /** Ends the link; the worker still reads what was sent. */
  void close();
}
