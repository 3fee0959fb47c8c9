// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.model.SetHash;
import io.perfload.common.wire.SeriesSetCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.types.Binary;

/** Reads all that the store has of some hosts, past the workers. Blocks. */
final class StoreReader {
  static final String DATABASE = "perfload";

  private static final int PATIENCE_MS = 15_000;

  private final String uri;

  StoreReader(InetSocketAddress store) {
    uri = "mongodb://127.0.0.1:" + store.getPort();
  }

  /**
   * Reads every chunk of {@code hosts}.
   *
   * @throws IOException when something in the store cannot be understood
   */
  void read(Set<HostId> hosts, Consumer<Made> found) throws IOException {
    try (MongoClient client = MongoClients.create(settings())) {
      MongoDatabase database = client.getDatabase(DATABASE);
      Map<SetHash, SeriesSet> sets = new HashMap<>();
      for (Document document : database.getCollection("series").find()) {
        SeriesSet set = set(document);
        sets.put(set.hash(), set);
      }
      for (Document document : database.getCollection("chunks").find()) {
        ByteBuffer id = ByteBuffer.wrap(document.get("_id", Binary.class).getData());
        if (hosts.contains(HostId.of(id.getLong(), id.getLong()))) {
          read(document, sets, found);
        }
      }
    } catch (Malformed e) {
      throw new IOException("the store has what cannot be read: " + e.getMessage(), e);
    }
  }

  private static void read(Document document, Map<SetHash, SeriesSet> sets, Consumer<Made> found)
      throws IOException, Malformed {
    PackedChunk packed = PackedChunk.of(document.get("bytes", Binary.class).getData());
    SeriesSet set = sets.get(packed.set());
    if (set == null) {
      throw new IOException("the store has a chunk without its set: " + packed);
    }
    Ledger.readings(ChunkCodec.unpack(packed, set)).forEach(found);
  }

  private static SeriesSet set(Document document) throws Malformed {
    byte[] packed = document.get("packed", Binary.class).getData();
    return SeriesSetCodec.read(new ByteReader(ByteBuffer.wrap(packed)));
  }

  private MongoClientSettings settings() {
    return MongoClientSettings.builder()
        .applyConnectionString(new ConnectionString(uri))
        .applyToClusterSettings(
            cluster -> cluster.serverSelectionTimeout(PATIENCE_MS, TimeUnit.MILLISECONDS))
        .build();
  }
}
