// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.protocol;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what bad peers did, by reason. Reasons are a small fixed set of words. Any thread. */
public final class Refusals {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  public void count(String reason) {
    counts.computeIfAbsent(reason, unknown -> new LongAdder()).increment();
  }

  /** Returns the counts so far, by reason. */
  public Map<String, Long> counts() {
    Map<String, Long> snapshot = new TreeMap<>();
    counts.forEach((reason, count) -> snapshot.put(reason, count.sum()));
    return snapshot;
  }
}
