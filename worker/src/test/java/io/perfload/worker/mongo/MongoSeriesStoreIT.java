// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import io.perfload.worker.history.SeriesStore;
import io.perfload.worker.history.SeriesStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class MongoSeriesStoreIT extends SeriesStoreContract {
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
  protected SeriesStore store() {
    return database.stores().series();
  }
}
