// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import io.perfload.worker.history.GapStore;
import io.perfload.worker.history.GapStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class MongoGapStoreIT extends GapStoreContract {
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
  protected GapStore store() {
    return database.stores().gaps();
  }
}
