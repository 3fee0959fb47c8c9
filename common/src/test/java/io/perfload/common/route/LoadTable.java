// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.route;

import java.util.BitSet;

/** A roster of numbers. */
final class LoadTable implements SlotTable {
  final int[] loads;
  final BitSet gone = new BitSet();
  final BitSet shut = new BitSet();

  LoadTable(int... loads) {
    this.loads = loads;
  }

  @Override
  public int size() {
    return loads.length;
  }

  @Override
  public boolean live(int slot) {
    return !gone.get(slot);
  }

  @Override
  public boolean open(int slot) {
    return !gone.get(slot) && !shut.get(slot);
  }

  @Override
  public int load(int slot) {
    return loads[slot];
  }
}
