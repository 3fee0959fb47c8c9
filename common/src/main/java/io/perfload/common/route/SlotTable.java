// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.route;

/** The roster as the route sees it: slots {@code 0 … size()-1}. */
public interface SlotTable {
  /** How many slot numbers there are, vacant ones included. */
  int size();

  /** Whether a worker holds {@code slot}; its load counts towards the average. */
  boolean live(int slot);

  /** Whether a new connection may go to {@code slot} now; implies {@link #live}. */
  boolean open(int slot);

  /** Open connections of the worker in {@code slot}, those on their way included. */
  int load(int slot);
}
