// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.roster;

import io.perfload.common.control.FromMaster;
import io.perfload.common.control.ProcessIdentity;
import java.time.Duration;

/**
 * A process whose slot another one has: it gets no more connections, serves those it has until its
 * successor takes connections, then sends them there and exits. Confined to the door's event loop.
 */
final class Predecessor {
  private final ControlLink link;
  private final ProcessIdentity process;
  private boolean dismissed;
  private long deadlineNanos;

  Predecessor(ControlLink link, ProcessIdentity process) {
    this.link = link;
    this.process = process;
  }

  ProcessIdentity process() {
    return process;
  }

  boolean holds(ProcessIdentity other) {
    return process.equals(other);
  }

  /**
   * Tells it to finish, once.
   *
   * @param grace how much longer it may take before it is killed
   */
  void dismiss(Duration within, Duration grace, long now) {
    if (!dismissed) {
      dismissed = true;
      deadlineNanos = now + within.plus(grace).toNanos();
      link.send(new FromMaster.Drain(within.toMillis()));
    }
  }

  boolean isLate(long now) {
    return dismissed && now - deadlineNanos > 0;
  }
}
