// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * Where a worker stands.
 *
 * @param instance the process, made when it starts
 * @param node the machine or run it belongs to
 * @param slot its number there
 */
public record Place(UUID instance, String node, int slot) {
  public Place {
    requireNonNull(instance, "instance");
    requireNonNull(node, "node");
  }
}
