// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.Catalogue;
import oshi.hardware.GlobalMemory;

/** Memory and swap, by OSHI, which does not tell what is free or cached. */
final class OshiMemoryProbe implements Probe {
  private final GlobalMemory memory;

  OshiMemoryProbe(GlobalMemory memory) {
    this.memory = memory;
  }

  @Override
  public String subject() {
    return "memory";
  }

  @Override
  public void read(Columns columns, long nanoTime) {
    long total = memory.getTotal();
    long available = memory.getAvailable();
    columns.of(Catalogue.MEMORY_TOTAL).set(total);
    columns.of(Catalogue.MEMORY_AVAILABLE).set(available);
    columns.of(Catalogue.MEMORY_USED).set(Math.max(0, total - available));
    columns.of(Catalogue.SWAP_TOTAL).set(memory.getVirtualMemory().getSwapTotal());
    columns.of(Catalogue.SWAP_USED).set(memory.getVirtualMemory().getSwapUsed());
  }
}
