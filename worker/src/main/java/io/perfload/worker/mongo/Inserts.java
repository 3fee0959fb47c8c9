// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import io.perfload.worker.history.ChunkStore.Insertion;
import io.perfload.worker.history.StoreUnavailable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.bson.BSONException;
import org.bson.Document;

/** Inserts many documents, each by itself. */
final class Inserts {
  private static final int TAKEN = 11_000;

  /** DocumentValidationFailure and BSONObjectTooLarge: no repetition helps. */
  private static final Set<Integer> FOR_EVER = Set.of(121, 10_334);

  private Inserts() {}

  /**
   * Inserts what is free. What was inserted is told by what failed: some servers miscount
   * insertions.
   *
   * @return an entry a document
   */
  static List<Insertion> insert(
      MongoCollection<Document> collection, List<Document> documents, String what)
      throws StoreUnavailable {
    List<Insertion> outcome =
        new ArrayList<>(Collections.nCopies(documents.size(), Insertion.STORED));
    if (documents.isEmpty()) {
      return outcome;
    }
    try {
      collection.insertMany(documents, new InsertManyOptions().ordered(false));
    } catch (MongoBulkWriteException e) {
      markErrors(e, outcome, what);
    } catch (MongoException | BSONException e) {
      throw MongoCall.unavailable(what, e);
    }
    return outcome;
  }

  private static void markErrors(MongoBulkWriteException e, List<Insertion> outcome, String what)
      throws StoreUnavailable {
    if (e.getWriteConcernError() != null) {
      throw MongoCall.unavailable(what, e);
    }
    for (BulkWriteError error : e.getWriteErrors()) {
      if (error.getCode() == TAKEN) {
        outcome.set(error.getIndex(), Insertion.TAKEN);
      } else if (FOR_EVER.contains(error.getCode())) {
        outcome.set(error.getIndex(), Insertion.REJECTED);
      } else {
        throw MongoCall.unavailable(what, e);
      }
    }
  }
}
