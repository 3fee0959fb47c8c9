// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.accept;

import java.io.IOException;

/** Takes what the {@link Listener} accepts. Called on the door's event loop only. */
public interface Intake {
  /** Whether the listener may go on; asked before each connection. */
  boolean accepting();

  /**
   * A connection was accepted; the descriptor belongs to the intake now.
   *
   * @param client see {@link io.perfload.common.route.ClientKey}
   */
  void accepted(int fd, long client);

  /** The kernel gave no descriptor. The listener is paused; the connection stays in the backlog. */
  void starved(IOException cause);
}
