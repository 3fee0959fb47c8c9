// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a worker says of itself besides what this package knows.
 *
 * @param node the node it runs on, empty before it was told
 * @param slot its place, empty before it has one
 * @param options its settings as text, secrets masked
 * @param startedAtMs Unix time, milliseconds
 * @param connections open ones of all kinds
 * @param sessions connections of agents
 */
public record WorkerStats(
    String node,
    OptionalInt slot,
    Map<String, String> options,
    long startedAtMs,
    int connections,
    int sessions) {
  public WorkerStats {
    requireNonNull(node, "node");
    options = Map.copyOf(new TreeMap<>(options));
  }
}
