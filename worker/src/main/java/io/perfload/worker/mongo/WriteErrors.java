// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import com.mongodb.MongoBulkWriteException;
import java.util.Set;

/** What the codes of write errors mean. */
final class WriteErrors {
  static final int TAKEN = 11_000;

  /** DocumentValidationFailure and BSONObjectTooLarge: no repetition helps. */
  private static final Set<Integer> FOR_EVER = Set.of(121, 10_334);

  private WriteErrors() {}

  static boolean isForEver(int code) {
    return FOR_EVER.contains(code);
  }

  /** Whether everything is durable but for ids that were taken. */
  static boolean onlyTaken(MongoBulkWriteException e) {
    return e.getWriteConcernError() == null
        && e.getWriteErrors().stream().allMatch(error -> error.getCode() == TAKEN);
  }
}
