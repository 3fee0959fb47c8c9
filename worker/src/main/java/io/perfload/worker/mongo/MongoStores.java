// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.perfload.common.Version;
import io.perfload.worker.history.ChunkStore;
import io.perfload.worker.history.GapStore;
import io.perfload.worker.history.HostStore;
import io.perfload.worker.history.SeriesStore;
import io.perfload.worker.history.StoreUnavailable;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/**
 * The stores in one MongoDB database. Nothing is connected before it is used, and a server that is
 * away is looked for again with every call, at most {@value #PATIENCE_MS} ms long.
 */
public final class MongoStores implements AutoCloseable {
  /** The database when the URI names none. */
  public static final String DEFAULT_DATABASE = "perfload";

  private static final int PATIENCE_MS = 2_000;
  private static final int ANSWER_MS = 20_000;
  private static final int MAX_CONNECTIONS = 12;

  private final MongoClient client;
  private final MongoDatabase database;
  private final MongoSeriesStore series;
  private final MongoChunkStore chunks;
  private final MongoGapStore gaps;
  private final MongoHostStore hosts;

  /**
   * @param uri {@code mongodb://…} or {@code mongodb+srv://…}; its database is used, {@value
   *     #DEFAULT_DATABASE} if it names none
   * @throws IllegalArgumentException if {@code uri} is not one
   */
  public MongoStores(String uri) {
    var connection = new ConnectionString(uri);
    client = MongoClients.create(settings(connection));
    String name = connection.getDatabase();
    database =
        client
            .getDatabase(name == null ? DEFAULT_DATABASE : name)
            .withReadConcern(ReadConcern.MAJORITY)
            .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
    series = new MongoSeriesStore(database);
    chunks = new MongoChunkStore(database);
    gaps = new MongoGapStore(database);
    hosts = new MongoHostStore(database, series);
  }

  public ChunkStore chunks() {
    return chunks;
  }

  public SeriesStore series() {
    return series;
  }

  public GapStore gaps() {
    return gaps;
  }

  public HostStore hosts() {
    return hosts;
  }

  /** Returns if the server answers. Blocks at most a few seconds. */
  public void ping() throws StoreUnavailable {
    MongoCall.answer("answer", () -> database.runCommand(new Document("ping", 1)));
  }

  @Override
  public void close() {
    client.close();
  }

  private static MongoClientSettings settings(ConnectionString connection) {
    return MongoClientSettings.builder()
        .applyConnectionString(connection)
        .applicationName("perfload " + Version.current())
        .applyToClusterSettings(
            cluster -> cluster.serverSelectionTimeout(PATIENCE_MS, TimeUnit.MILLISECONDS))
        .applyToSocketSettings(
            socket ->
                socket
                    .connectTimeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                    .readTimeout(ANSWER_MS, TimeUnit.MILLISECONDS))
        .applyToConnectionPoolSettings(
            pool -> pool.maxSize(MAX_CONNECTIONS).maxWaitTime(PATIENCE_MS, TimeUnit.MILLISECONDS))
        .build();
  }
}
