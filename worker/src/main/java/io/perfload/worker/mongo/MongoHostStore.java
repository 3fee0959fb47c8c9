// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.worker.history.ChunkStore.Insertion;
import io.perfload.worker.history.HostRecord;
import io.perfload.worker.history.HostStore;
import io.perfload.worker.history.SeriesStore;
import io.perfload.worker.history.StoreUnavailable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
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
      saveSome(all.subList(from, Math.min(all.size(), from + DOCUMENTS_A_WRITE)));
    }
  }

  /** Absent hosts are inserted, those that are older are replaced. */
  private void saveSome(List<HostRecord> records) throws StoreUnavailable {
    Map<String, Long> stored = lastSamples(records);
    List<HostRecord> absent =
        records.stream().filter(one -> !stored.containsKey(key(one))).toList();
    List<Insertion> insertions =
        Inserts.insert(collection, absent.stream().map(HostDocument::of).toList(), "store hosts");
    List<HostRecord> later = new ArrayList<>();
    for (int i = 0; i < absent.size(); i++) {
      if (insertions.get(i) == Insertion.TAKEN) {
        later.add(absent.get(i));
      }
    }
    for (HostRecord one : records) {
      Long known = stored.get(key(one));
      if (known != null && known <= one.lastSampleAtMs()) {
        later.add(one);
      }
    }
    replace(later);
  }

  private Map<String, Long> lastSamples(List<HostRecord> records) throws StoreUnavailable {
    Map<String, Long> stored = new HashMap<>();
    return MongoCall.answer(
        "look hosts up",
        () -> {
          collection
              .find(in("_id", records.stream().map(MongoHostStore::key).toList()))
              .projection(include("lastSampleAt"))
              .batchSize(DOCUMENTS_A_WRITE + 1)
              .forEach(one -> stored.put(one.getString("_id"), HostDocument.lastSampleAt(one)));
          return stored;
        });
  }

  /** Leaves those alone that became newer meanwhile. */
  private void replace(List<HostRecord> records) throws StoreUnavailable {
    if (records.isEmpty()) {
      return;
    }
    List<ReplaceOneModel<Document>> writes =
        records.stream()
            .map(
                one ->
                    new ReplaceOneModel<>(
                        and(eq("_id", key(one)), lte("lastSampleAt", one.lastSampleAtMs())),
                        HostDocument.of(one)))
            .toList();
    MongoCall.answer(
        "store hosts", () -> collection.bulkWrite(writes, new BulkWriteOptions().ordered(false)));
  }

  private static String key(HostRecord one) {
    return Ids.of(one.profile().id());
  }
}
