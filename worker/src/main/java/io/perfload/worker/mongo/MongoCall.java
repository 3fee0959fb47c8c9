// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import com.mongodb.MongoException;
import io.perfload.worker.history.StoreUnavailable;
import java.util.function.Supplier;
import org.bson.BSONException;

/** Turns whatever the driver throws into what callers can act on. */
final class MongoCall {
  private MongoCall() {}

  /**
   * Returns what {@code call} returns. Any failure of the driver or the server is temporary, an
   * answer that the driver cannot make sense of too.
   */
  static <T> T answer(String what, Supplier<T> call) throws StoreUnavailable {
    try {
      return call.get();
    } catch (MongoException | BSONException e) {
      throw unavailable(what, e);
    }
  }

  static StoreUnavailable unavailable(String what, RuntimeException cause) {
    return new StoreUnavailable("MongoDB could not " + what, cause);
  }
}
