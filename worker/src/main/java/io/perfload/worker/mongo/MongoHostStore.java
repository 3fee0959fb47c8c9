// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.worker.history.HostRecord;
import io.perfload.worker.history.HostStore;
import io.perfload.worker.history.SeriesStore;
import io.perfload.worker.history.StoreUnavailable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collection {@code hosts}: a document a host, laid out for people; see {@link HostDocument}. */
final class MongoHostStore implements HostStore {
  private static final Logger log = LoggerFactory.getLogger(MongoHostStore.class);
  private static final int DOCUMENTS_A_WRITE = 200;
  private static final int DOCUMENTS_A_READ = 1_000;

  private final MongoCollection<Document> collection;
  private final SeriesStore series;

  MongoHostStore(MongoDatabase database, SeriesStore series) {
    collection = database.getCollection("hosts");
    this.series = series;
  }

  @Override
  public List<HostRecord> all() throws StoreUnavailable {
    List<Document> documents = new ArrayList<>();
    MongoCall.answer(
        "list the hosts",
        () -> collection.find().limit(MAX_HOSTS).batchSize(DOCUMENTS_A_READ).into(documents));
    Set<SetHash> hashes = new HashSet<>();
    documents.forEach(document -> HostDocument.setHash(document).ifPresent(hashes::add));
    Map<SetHash, SeriesSet> sets = series.find(hashes);
    List<HostRecord> records = new ArrayList<>();
    for (Document document : documents) {
      HostDocument.read(document, sets)
          .ifPresentOrElse(
              records::add, () -> log.warn("A host could not be read: id={}", document.get("_id")));
    }
    return records;
  }

  @Override
  public void save(Collection<HostRecord> records) throws StoreUnavailable {
    if (records.isEmpty()) {
      return;
    }
    series.save(records.stream().map(HostRecord::set).distinct().toList());
    List<HostRecord> all = List.copyOf(records);
    for (int from = 0; from < all.size(); from += DOCUMENTS_A_WRITE) {
      List<HostRecord> some = all.subList(from, Math.min(all.size(), from + DOCUMENTS_A_WRITE));
      // a host that two workers met at once is taken by the first; the second tries again
      write(write(some, true), false);
    }
  }

  /**
   * Writes those that are not older than what is stored.
   *
   * @param orInsert whether an absent host is inserted
   * @return those whose id was taken: something newer is stored, or was inserted at the same time
   */
  private List<HostRecord> write(List<HostRecord> records, boolean orInsert)
      throws StoreUnavailable {
    if (records.isEmpty()) {
      return List.of();
    }
    List<ReplaceOneModel<Document>> writes =
        records.stream().map(one -> replacement(one, orInsert)).toList();
    try {
      collection.bulkWrite(writes, new BulkWriteOptions().ordered(false));
      return List.of();
    } catch (MongoBulkWriteException e) {
      if (!WriteErrors.onlyTaken(e)) {
        throw MongoCall.unavailable("store hosts", e);
      }
      return e.getWriteErrors().stream().map(BulkWriteError::getIndex).map(records::get).toList();
    } catch (MongoException e) {
      throw MongoCall.unavailable("store hosts", e);
    }
  }

  private static ReplaceOneModel<Document> replacement(HostRecord one, boolean orInsert) {
    Bson notNewer =
        and(eq("_id", Ids.of(one.profile().id())), lte("lastSampleAt", one.lastSampleAtMs()));
    return new ReplaceOneModel<>(
        notNewer, HostDocument.of(one), new ReplaceOptions().upsert(orInsert));
  }
}
