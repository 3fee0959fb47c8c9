// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.protocol;

import static java.util.Objects.requireNonNull;

/**
 * What the port speaks.
 *
 * @param agent what becomes of a connection whose first byte is an agent's
 * @param http what becomes of one that begins with an upper-case letter
 */
public record Protocols(ProtocolPipeline agent, ProtocolPipeline http) {
  public Protocols {
    requireNonNull(agent, "agent");
    requireNonNull(http, "http");
  }
}
