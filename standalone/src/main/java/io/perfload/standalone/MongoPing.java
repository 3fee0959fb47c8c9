// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.slf4j.LoggerFactory;

/** Asks a MongoDB whether it answers: one server, a replica set or a sharded cluster alike. */
final class MongoPing {
  private final String uri;

  /**
   * Will ask at {@code uri}.
   *
   * @param uri {@code mongodb://…} or {@code mongodb+srv://…}
   */
  MongoPing(String uri) {
    this.uri = uri;
  }

  /** Returns what is wrong, for people and without the password; nothing if it answers. Blocks. */
  Optional<String> ask(Duration within) {
    if (LoggerFactory.getLogger("org.mongodb.driver") instanceof Logger driver) {
      driver.setLevel(Level.OFF); // what it would say we say in a sentence
    }
    ConnectionString address;
    try {
      address = new ConnectionString(uri);
    } catch (IllegalArgumentException e) {
      return Optional.of("--mongo is no MongoDB URI: " + e.getMessage());
    }
    String place = String.join(",", address.getHosts());
    try (MongoClient client = MongoClients.create(settings(address, within))) {
      client.getDatabase("admin").runCommand(new Document("ping", 1));
      return Optional.empty();
    } catch (MongoSecurityException e) {
      return Optional.of("MongoDB at " + place + " refuses the name or the password");
    } catch (MongoException e) {
      return Optional.of(
          "MongoDB does not answer at " + place + " within " + within.toSeconds() + " s");
    }
  }

  private static MongoClientSettings settings(ConnectionString address, Duration within) {
    return MongoClientSettings.builder()
        .applyConnectionString(address)
        .applyToClusterSettings(
            cluster -> cluster.serverSelectionTimeout(within.toMillis(), TimeUnit.MILLISECONDS))
        .applyToSocketSettings(
            socket ->
                socket
                    .connectTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
                    .readTimeout(within.toMillis(), TimeUnit.MILLISECONDS))
        .build();
  }
}
