// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.worker.history.ChunkStore;
import io.perfload.worker.history.StoreUnavailable;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.BSONException;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collection {@code chunks}: {@code {_id: 25 bytes of host, tier and start, rev, set: hash, bytes:
 * packed, expiresAt}}; collection {@code sweeps}: {@code {_id: "chunks", until}}.
 */
final class MongoChunkStore implements ChunkStore {
  private static final Logger log = LoggerFactory.getLogger(MongoChunkStore.class);
  private static final String SWEEP = "chunks";

  private final MongoCollection<Document> collection;
  private final MongoCollection<Document> sweeps;
  private final Revisions revisions;
  private final AtomicBoolean expiryAsked = new AtomicBoolean();

  MongoChunkStore(MongoDatabase database) {
    collection = database.getCollection("chunks");
    sweeps = database.getCollection("sweeps");
    revisions = new Revisions(database, collection);
  }

  @Override
  public List<Insertion> insert(List<PackedChunk> chunks, long expiresAtMs)
      throws StoreUnavailable {
    checkSize(chunks.size());
    List<Document> documents =
        chunks.stream().map(chunk -> document(chunk, 0, expiresAtMs)).toList();
    List<Insertion> outcome = Inserts.each(collection, documents, "store chunks");
    askForExpiry();
    return outcome;
  }

  @Override
  public Map<ChunkId, Found> find(Collection<ChunkId> ids) throws StoreUnavailable {
    checkSize(ids.size());
    Map<Binary, ChunkId> wanted = new HashMap<>();
    ids.forEach(id -> wanted.put(Ids.of(id), id));
    Map<ChunkId, Found> found = new HashMap<>();
    return MongoCall.answer(
        "look chunks up",
        () -> {
          collection
              .find(in("_id", wanted.keySet()))
              .batchSize(MAX_BATCH + 1)
              .forEach(document -> read(document, wanted, found));
          return found;
        });
  }

  @Override
  public boolean replace(PackedChunk chunk, long rev, long expiresAtMs) throws StoreUnavailable {
    return revisions.replace(
        Ids.of(chunk.id()), chunk.id().toBytes(), rev, document(chunk, rev + 1, expiresAtMs));
  }

  @Override
  public long deleteExpired(Collection<ChunkId> ids, long nowMs) throws StoreUnavailable {
    checkSize(ids.size());
    Bson expired =
        and(
            in("_id", ids.stream().map(Ids::of).toList()),
            lt("expiresAt", Instant.ofEpochMilli(nowMs)));
    return MongoCall.answer(
        "delete expired chunks", () -> collection.deleteMany(expired).getDeletedCount());
  }

  @Override
  public OptionalLong sweptUntil() throws StoreUnavailable {
    Optional<BsonDocument> mark =
        MongoCall.answer(
            "tell what was swept",
            () -> Optional.ofNullable(sweeps.find(eq("_id", SWEEP), BsonDocument.class).first()));
    return mark.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(mark.orElseThrow().getDateTime("until").getValue());
  }

  @Override
  public boolean claimSweep(OptionalLong from, long to) throws StoreUnavailable {
    Document next = new Document("_id", SWEEP).append("until", Instant.ofEpochMilli(to));
    if (from.isEmpty()) {
      return Inserts.insert(sweeps, List.of(next), "claim a sweep")
          .equals(List.of(Insertion.STORED));
    }
    Bson expected = and(eq("_id", SWEEP), eq("until", Instant.ofEpochMilli(from.getAsLong())));
    return MongoCall.answer(
            "claim a sweep", () -> sweeps.replaceOne(expected, next).getMatchedCount())
        == 1;
  }

  /** Once a process, when the server is known to answer. */
  private void askForExpiry() {
    if (expiryAsked.getAndSet(true)) {
      return;
    }
    try {
      collection.createIndex(
          Indexes.ascending("expiresAt"), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
    } catch (MongoCommandException e) {
      log.info("The store does not expire documents; they are deleted by id instead: {}", code(e));
    } catch (MongoException | BSONException e) {
      expiryAsked.set(false);
    }
  }

  private static String code(MongoCommandException e) {
    return e.getErrorCode() + " " + e.getErrorCodeName();
  }

  private static Document document(PackedChunk chunk, long rev, long expiresAtMs) {
    return new Document("_id", Ids.of(chunk.id()))
        .append("rev", rev)
        .append("set", Ids.of(chunk.set()))
        .append("bytes", new Binary(chunk.bytes()))
        .append("expiresAt", Instant.ofEpochMilli(expiresAtMs));
  }

  private static void read(
      Document document, Map<Binary, ChunkId> wanted, Map<ChunkId, Found> found) {
    ChunkId id = wanted.get(document.get("_id", Binary.class));
    if (id != null) {
      Number rev = document.get("rev", Number.class);
      found.put(id, new Found(rev == null ? 0 : rev.longValue(), chunk(document, id)));
    }
  }

  private static Optional<PackedChunk> chunk(Document document, ChunkId id) {
    if (!(document.get("bytes") instanceof Binary bytes)) {
      return Optional.empty();
    }
    try {
      PackedChunk chunk = PackedChunk.of(bytes.getData());
      return chunk.id().equals(id) ? Optional.of(chunk) : Optional.empty();
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  private static void checkSize(int size) {
    if (size > MAX_BATCH) {
      throw new IllegalArgumentException(
          "size: " + size + " (expected: at most " + MAX_BATCH + ")");
    }
  }
}
