// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.common.wire.SeriesSetCodec;
import io.perfload.worker.history.ChunkStore.Insertion;
import io.perfload.worker.history.SeriesStore;
import io.perfload.worker.history.StoreUnavailable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * Collection {@code series}: {@code {_id: hash, count, keys: [as people write them], packed: as on
 * the wire}}.
 */
final class MongoSeriesStore implements SeriesStore {
  private static final int IDS_A_LOOKUP = 500;

  private final MongoCollection<Document> collection;

  MongoSeriesStore(MongoDatabase database) {
    collection = database.getCollection("series");
  }

  @Override
  public void save(Collection<SeriesSet> sets) throws StoreUnavailable {
    List<Document> documents = sets.stream().distinct().map(MongoSeriesStore::document).toList();
    if (Inserts.insert(collection, documents, "store sets of series")
        .contains(Insertion.REJECTED)) {
      throw new IllegalStateException("MongoDB will never take a set of series");
    }
  }

  @Override
  public Map<SetHash, SeriesSet> find(Collection<SetHash> hashes) throws StoreUnavailable {
    Map<SetHash, SeriesSet> found = new HashMap<>();
    List<Binary> ids = new ArrayList<>(hashes.stream().distinct().map(Ids::of).toList());
    for (int from = 0; from < ids.size(); from += IDS_A_LOOKUP) {
      List<Binary> some = ids.subList(from, Math.min(ids.size(), from + IDS_A_LOOKUP));
      MongoCall.answer(
          "look sets of series up",
          () -> {
            collection.find(in("_id", some)).forEach(document -> read(document, found));
            return found;
          });
    }
    return found;
  }

  private static Document document(SeriesSet set) {
    var packed = new ByteWriter();
    SeriesSetCodec.write(set, packed);
    return new Document("_id", Ids.of(set.hash()))
        .append("count", set.size())
        .append("keys", set.series().stream().map(one -> one.key()).toList())
        .append("packed", new Binary(packed.toByteArray()));
  }

  /** A set that cannot be read, or is not the one its id names, is as good as absent. */
  private static void read(Document document, Map<SetHash, SeriesSet> into) {
    try {
      SetHash hash = Ids.setHash(document.get("_id", Binary.class));
      Binary packed = document.get("packed", Binary.class);
      var in = new ByteReader(ByteBuffer.wrap(packed.getData()));
      SeriesSet set = SeriesSetCodec.read(in);
      if (set.hash().equals(hash)) {
        into.put(hash, set);
      }
    } catch (Malformed | ClassCastException | NullPointerException e) {
      // absent, then
    }
  }
}
