// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.session;

import io.perfload.worker.testing.MemoryOwners;

class MemoryOwnersTest extends OwnerRegistryContract {
  private final MemoryOwners owners = new MemoryOwners();

  @Override
  protected OwnerRegistry registry() {
    return owners;
  }
}
