// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.roster;

import io.perfload.common.control.FromWorker;
import io.perfload.common.control.ProcessIdentity;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A second process for a slot: it starts and registers while the first still works, then takes its
 * place. Confined to the door's event loop.
 */
final class Successor {
  private final long sinceNanos;
  private @Nullable ProcessIdentity process;
  private @Nullable Registration registration;

  /** How it said who it is. */
  record Registration(ControlLink link, FromWorker.Register message) {}

  Successor(long now) {
    sinceNanos = now;
  }

  /** Whether it has not registered within {@code limit}. */
  boolean isLate(long now, Duration limit) {
    return registration == null && now - sinceNanos > limit.toNanos();
  }

  void started(ProcessIdentity newProcess) {
    process = newProcess;
  }

  void registered(ControlLink link, FromWorker.Register message) {
    registration = new Registration(link, message);
  }

  /** Empty while it is being started. */
  Optional<ProcessIdentity> process() {
    return Optional.ofNullable(process);
  }

  /** Empty until it has registered. */
  Optional<Registration> registration() {
    return Optional.ofNullable(registration);
  }

  boolean holds(ProcessIdentity other) {
    return other.equals(process);
  }

  boolean holds(ControlLink link) {
    return registration != null && registration.link() == link;
  }
}
