// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.HostFacts;
import java.nio.file.Path;
import java.util.List;

/** What can be read from the machine we run on, whichever system that has. */
public interface Machine {
  /** New probes; each remembers what it read last. */
  List<Probe> probes();

  /** What seldom changes. What cannot be read is empty or 0. */
  HostFacts facts();

  /** What the machine calls itself; empty if it does not say. */
  String hostName();

  /** The machine we run on. */
  static Machine local() {
    return System.getProperty("os.name", "").equals("Linux")
        ? new LinuxMachine(Path.of("/"))
        : new OshiMachine();
  }
}
