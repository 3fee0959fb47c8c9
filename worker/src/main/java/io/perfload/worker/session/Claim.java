// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import static java.util.Objects.requireNonNull;

import io.perfload.common.model.HostId;
import io.perfload.worker.fleet.Place;

/**
 * That a worker speaks for a host.
 *
 * @param sinceMs when the connection that speaks for it began, by the owner's clock
 */
public record Claim(HostId host, Place owner, long sinceMs) {
  public Claim {
    requireNonNull(host, "host");
    requireNonNull(owner, "owner");
  }
}
