// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.child;

import static java.util.Objects.requireNonNull;

import io.perfload.common.control.ProcessIdentity;

/** A process known by its number and start, whoever started it. */
public record FoundProcess(ProcessIdentity identity) implements Child {
  public FoundProcess {
    requireNonNull(identity, "identity");
  }

  @Override
  public long pid() {
    return identity.pid();
  }

  @Override
  public boolean alive() {
    return identity.alive();
  }

  @Override
  public void terminate() {
    if (alive()) {
      ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroy);
    }
  }

  @Override
  public void kill() {
    identity.kill();
  }
}
