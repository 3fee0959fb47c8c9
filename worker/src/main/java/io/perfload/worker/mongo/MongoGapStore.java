// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.HostId;
import io.perfload.common.model.LostSamples;
import io.perfload.worker.history.ChunkStore.Insertion;
import io.perfload.worker.history.GapStore;
import io.perfload.worker.history.HostGaps;
import io.perfload.worker.history.StoreUnavailable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/**
 * Collection {@code gaps}: {@code {_id: host, rev, gaps: [{id, from, to, samples, reason}]}}, the
 * oldest first; {@code reason} is its label.
 */
final class MongoGapStore implements GapStore {
  private final MongoCollection<Document> collection;
  private final Revisions revisions;

  MongoGapStore(MongoDatabase database) {
    collection = database.getCollection("gaps");
    revisions = new Revisions(database, collection);
  }

  @Override
  public Map<HostId, Found> find(Collection<HostId> hosts) throws StoreUnavailable {
    Map<String, HostId> wanted = new HashMap<>();
    hosts.forEach(host -> wanted.put(Ids.of(host), host));
    Map<HostId, Found> found = new HashMap<>();
    return MongoCall.answer(
        "look gaps up",
        () -> {
          collection
              .find(in("_id", wanted.keySet()))
              .forEach(document -> read(document, wanted, found));
          return found;
        });
  }

  @Override
  public List<Insertion> insert(List<HostGaps> hosts) throws StoreUnavailable {
    List<Document> documents = hosts.stream().map(host -> document(host, 0)).toList();
    return Inserts.each(collection, documents, "store gaps");
  }

  @Override
  public boolean replace(HostGaps gaps, long rev) throws StoreUnavailable {
    HostId host = gaps.host();
    byte[] bytes = ByteBuffer.allocate(16).putLong(host.high()).putLong(host.low()).array();
    return revisions.replace(Ids.of(host), bytes, rev, document(gaps, rev + 1));
  }

  private static Document document(HostGaps host, long rev) {
    List<Document> gaps = host.gaps().stream().map(MongoGapStore::document).toList();
    return new Document("_id", Ids.of(host.host())).append("rev", rev).append("gaps", gaps);
  }

  private static Document document(LostSamples gap) {
    return new Document("id", gap.id())
        .append("from", gap.fromMs())
        .append("to", gap.toMs())
        .append("samples", gap.samples())
        .append("reason", gap.reason().label());
  }

  private static void read(
      Document document, Map<String, HostId> wanted, Map<HostId, Found> found) {
    HostId host = wanted.get(document.getString("_id"));
    if (host == null) {
      return;
    }
    List<LostSamples> gaps = new ArrayList<>();
    if (document.get("gaps") instanceof List<?> all) {
      all.forEach(one -> gap(one).ifPresent(gaps::add));
    }
    Number rev = document.get("rev", Number.class);
    found.put(host, new Found(rev == null ? 0 : rev.longValue(), new HostGaps(host, gaps)));
  }

  /** Returns nothing for what somebody else wrote or damaged. */
  private static Optional<LostSamples> gap(Object one) {
    if (!(one instanceof Document gap)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LostSamples(
              gap.get("id", Number.class).longValue(),
              gap.get("from", Number.class).longValue(),
              gap.get("to", Number.class).longValue(),
              gap.get("samples", Number.class).longValue(),
              LostSamples.Reason.labelled(gap.getString("reason"))));
    } catch (Malformed | RuntimeException e) {
      return Optional.empty();
    }
  }
}
