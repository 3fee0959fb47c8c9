// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import io.perfload.worker.history.StoreUnavailable;
import java.util.Set;
import java.util.function.Supplier;
import org.bson.BSONException;
import org.bson.BsonMaximumSizeExceededException;

/** Turns whatever the driver throws into what callers can act on. */
final class MongoCall {
  private MongoCall() {}

  /** DocumentValidationFailure and BSONObjectTooLarge: no repetition helps. */
  static final Set<Integer> FOR_EVER = Set.of(121, 10_334);

  /**
   * Returns what {@code call} returns. Any failure of the driver or the server is temporary, an
   * answer that the driver cannot make sense of too.
   *
   * @throws IllegalStateException if the server will never take what it was given
   */
  static <T> T answer(String what, Supplier<T> call) throws StoreUnavailable {
    try {
      return call.get();
    } catch (MongoException | BSONException e) {
      throw failure(what, e);
    }
  }

  static StoreUnavailable failure(String what, RuntimeException cause) {
    boolean forEver =
        cause instanceof BsonMaximumSizeExceededException
            || (cause instanceof MongoWriteException write
                && FOR_EVER.contains(write.getError().getCode()));
    if (forEver) {
      throw new IllegalStateException("MongoDB will never " + what, cause);
    }
    return unavailable(what, cause);
  }

  static StoreUnavailable unavailable(String what, RuntimeException cause) {
    return new StoreUnavailable("MongoDB could not " + what, cause);
  }
}
