// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.perfload.worker.history.ChunkStore.Insertion;
import io.perfload.worker.history.StoreUnavailable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * Replaces a revision of a document by the next, once. MongoDB updates atomically; FerretDB 1
 * reads, then writes, so there a revision is first claimed by inserting {@code {_id: id and rev,
 * at}} into {@code claims}: insertion is atomic everywhere. Whoever finds the claim of somebody who
 * did not finish within a minute takes it away.
 */
final class Revisions {
  private static final Duration CLAIM = Duration.ofMinutes(1);

  private final MongoDatabase database;
  private final MongoCollection<Document> collection;
  private final MongoCollection<Document> claims;
  private volatile Optional<Boolean> atomic = Optional.empty();

  Revisions(MongoDatabase database, MongoCollection<Document> collection) {
    this.database = database;
    this.collection = collection;
    this.claims = database.getCollection("claims");
  }

  /**
   * Returns false if {@code rev} is not what is stored, or somebody else is replacing it.
   *
   * @param id the document's, as it is stored
   * @param idBytes the same, for a claim; no other document of any collection has them
   */
  boolean replace(Object id, byte[] idBytes, long rev, Document next) throws StoreUnavailable {
    if (updatesAreAtomic()) {
      return replaceMatching(id, rev, next);
    }
    Binary claim = claim(idBytes, rev);
    if (!claimed(claim)) {
      return false;
    }
    boolean replaced = replaceMatching(id, rev, next);
    MongoCall.answer("give a claim back", () -> claims.deleteOne(eq("_id", claim)));
    return replaced;
  }

  private boolean replaceMatching(Object id, long rev, Document next) throws StoreUnavailable {
    Bson expected = and(eq("_id", id), eq("rev", rev));
    return MongoCall.answer(
            "replace a document", () -> collection.replaceOne(expected, next).getMatchedCount())
        == 1;
  }

  private boolean claimed(Binary claim) throws StoreUnavailable {
    Document document = new Document("_id", claim).append("at", Instant.now());
    if (Inserts.insert(claims, List.of(document), "claim").equals(List.of(Insertion.STORED))) {
      return true;
    }
    Bson abandoned = and(eq("_id", claim), lt("at", Instant.now().minus(CLAIM)));
    MongoCall.answer("take a claim away", () -> claims.deleteOne(abandoned));
    return false;
  }

  private boolean updatesAreAtomic() throws StoreUnavailable {
    if (atomic.isEmpty()) {
      Document build =
          MongoCall.answer(
              "say what it is", () -> database.runCommand(new Document("buildInfo", 1)));
      atomic = Optional.of(!build.containsKey("ferretdbVersion"));
    }
    return atomic.orElseThrow();
  }

  private static Binary claim(byte[] bytes, long rev) {
    return new Binary(ByteBuffer.allocate(bytes.length + 8).put(bytes).putLong(rev).array());
  }
}
