// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import static java.util.Objects.requireNonNull;

import io.perfload.common.model.HostProfile;

/**
 * What the agent says of itself and its host at the beginning of each connection.
 *
 * @param agentStartMs when this run began
 * @param token what it was given to prove itself; empty if nothing
 */
public record Introduction(HostProfile profile, long agentStartMs, String token) {
  public Introduction {
    requireNonNull(profile, "profile");
    requireNonNull(token, "token");
  }

  /** Never prints the token. */
  @Override
  public String toString() {
    return "Introduction[" + profile.name() + ", agentStartMs=" + agentStartMs + "]";
  }
}
