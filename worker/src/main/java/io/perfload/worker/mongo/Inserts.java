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
import org.bson.BSONException;
import org.bson.Document;

/** Inserts many documents, each by itself. */
final class Inserts {
  private static final int TAKEN = 11_000;

  private Inserts() {}

  /**
   * Inserts what is free, all of it or it failed. What was inserted is told by what failed: some
   * servers miscount insertions.
   *
   * @return an entry a document, none of them {@link Insertion#FAILED}
   */
  static List<Insertion> insert(
      MongoCollection<Document> collection, List<Document> documents, String what)
      throws StoreUnavailable {
    List<Insertion> outcome = each(collection, documents, what);
    if (outcome.contains(Insertion.FAILED)) {
      throw MongoCall.unavailable(what, new MongoException("some were not inserted"));
    }
    return outcome;
  }

  /**
   * Inserts what is free, each by itself.
   *
   * @return an entry a document
   * @throws StoreUnavailable if the server did not answer for any of them
   */
  static List<Insertion> each(
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
      throw MongoCall.failure(what, e);
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
      } else if (MongoCall.FOR_EVER.contains(error.getCode())) {
        outcome.set(error.getIndex(), Insertion.REJECTED);
      } else {
        outcome.set(error.getIndex(), Insertion.FAILED);
      }
    }
    if (outcome.stream().allMatch(Insertion.FAILED::equals)) {
      throw MongoCall.unavailable(what, e);
    }
  }
}
