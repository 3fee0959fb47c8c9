// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import io.perfload.worker.history.HostStore;
import io.perfload.worker.history.HostStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class MongoHostStoreIT extends HostStoreContract {
  private final TestDatabase database = TestDatabase.embedded();

  @BeforeEach
  void connect() {
    database.open();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected HostStore store() {
    return database.stores().hosts();
  }
}
