// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** A database for one test: on a server in this process, or on the one the environment names. */
final class TestDatabase {
  static final String GIVEN = "PERFLOAD_TEST_MONGO";

  private final Supplier<String> server;
  private final Runnable stop;
  private Optional<MongoStores> stores = Optional.empty();
  private String uri = "";

  private TestDatabase(Supplier<String> server, Runnable stop) {
    this.server = server;
    this.stop = stop;
  }

  static TestDatabase embedded() {
    var running = new MongoServer(H2Backend.inMemory());
    return new TestDatabase(
        () -> {
          InetSocketAddress address = running.bind();
          return "mongodb://127.0.0.1:" + address.getPort();
        },
        running::shutdownNow);
  }

  static TestDatabase given() {
    return new TestDatabase(
        () -> Optional.ofNullable(System.getenv(GIVEN)).orElse("mongodb://127.0.0.1:27017"),
        () -> {});
  }

  void open() {
    uri = named(server.get(), "perfload_" + UUID.randomUUID().toString().replace("-", ""));
    stores = Optional.of(new MongoStores(uri));
  }

  MongoStores stores() {
    return stores.orElseThrow();
  }

  void close() {
    stores.ifPresent(MongoStores::close);
    try (MongoClient client = MongoClients.create(uri)) {
      Optional.ofNullable(new ConnectionString(uri).getDatabase())
          .ifPresent(name -> client.getDatabase(name).drop());
    }
    stop.run();
  }

  /** The URI of a server with {@code database} as its database. */
  private static String named(String uri, String database) {
    int hosts = uri.indexOf("://") + 3;
    int path = uri.indexOf('/', hosts);
    int options = uri.indexOf('?', hosts);
    int end = path >= 0 ? path : options >= 0 ? options : uri.length();
    return uri.substring(0, end) + "/" + database + (options >= 0 ? uri.substring(options) : "");
  }
}
