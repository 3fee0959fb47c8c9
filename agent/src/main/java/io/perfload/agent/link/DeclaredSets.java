// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageEncoder;
import java.util.HashSet;
import java.util.Set;

/**
 * The sets of series that the worker was told on this connection. Confined to the link's thread.
 */
final class DeclaredSets {
  /** The agent's connection speaks for this machine alone. */
  static final int HOST = 0;

  private final Set<SetHash> declared = new HashSet<>();

  /** Declares the set that samples have from now on. */
  void declareCurrent(SeriesSet set, AgentMessageEncoder out) {
    declared.add(set.hash());
    out.write(new AgentMessage.Series(HOST, true, set));
  }

  boolean has(SetHash hash) {
    return declared.contains(hash);
  }

  /** Declares a set that only a chunk needs. */
  void declare(SeriesSet set, AgentMessageEncoder out) {
    if (declared.add(set.hash())) {
      out.write(new AgentMessage.Series(HOST, false, set));
    }
  }
}
