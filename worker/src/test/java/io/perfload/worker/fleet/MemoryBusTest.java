// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.fleet;

import io.perfload.worker.testing.MemoryBus;

class MemoryBusTest extends PeerBusContract {
  private final MemoryBus bus = new MemoryBus();

  @Override
  protected PeerBus join() {
    return bus;
  }
}
