// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.types.Binary;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreIT {
  private static final int KILLS = 10;
  private static final int WRITERS = 3;
  private static final int BATCH = 50;
  private static final long SEED = 20260713;

  private final Path directory;

  EmbeddedStoreIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void everyAcknowledgedWriteSurvivesKillsAtRandomMoments() throws Exception {
    var random = new Random(SEED);
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    List<List<Document>> unanswered = List.of();
    for (int kill = 0; kill < KILLS; kill++) {
      try (StoreProcess store = StoreProcess.start(directory)) {
        checkAll(store, acknowledged, unanswered);
        unanswered = writeUntilKilled(store, kill, random, acknowledged);
      }
    }
    try (StoreProcess store = StoreProcess.start(directory)) {
      checkAll(store, acknowledged, unanswered);
    }

    assertThat(acknowledged).hasSizeGreaterThan(KILLS * WRITERS * BATCH);
  }

  @Test
  void updatesAndRemovalsSurviveToo() throws Exception {
    try (StoreProcess store = StoreProcess.start(directory, "--sync");
        MongoClient client = store.connect()) {
      MongoCollection<Document> chunks = chunks(client);
      chunks.insertMany(List.of(new Document("_id", "a"), new Document("_id", "b")));
      chunks.replaceOne(Filters.eq("_id", "a"), new Document("rev", 2));
      chunks.deleteOne(Filters.eq("_id", "b"));
      store.kill();
    }

    try (StoreProcess store = StoreProcess.start(directory);
        MongoClient client = store.connect()) {
      assertThat(chunks(client).find()).containsExactly(new Document("_id", "a").append("rev", 2));
    }
  }

  @Test
  void theFileStaysSmallWhenTheSameDocumentsAreWrittenOverAndOver() throws Exception {
    try (StoreProcess store = StoreProcess.start(directory);
        MongoClient client = store.connect()) {
      MongoCollection<Document> chunks = chunks(client);
      List<Document> batch = batch("same", new Random(SEED));
      chunks.insertMany(batch);
      for (int round = 0; round < 20; round++) {
        for (Document document : batch) {
          chunks.replaceOne(Filters.eq("_id", document.get("_id")), document);
        }
      }
      store.stop();
    }

    long live = 50 * 1_500;
    assertThat(Files.size(directory.resolve("store.mv"))).isLessThan(200 * live);
  }

  @Test
  void aSecondStoreOnTheSameFileIsRefused() throws Exception {
    try (StoreProcess first = StoreProcess.start(directory)) {
      assertThatThrownBy(
              () ->
                  EmbeddedStore.start(
                      new StoreConfig(directory.resolve("store.mv"), 0, Optional.empty(), false),
                      () -> {}))
          .hasMessageContaining("locked");
      assertThat(first).isNotNull();
    }
  }

  @Test
  void aRevisionIsReplacedOnceAndOnlyWhatIsExpiredGoes() throws Exception {
    try (StoreProcess store = StoreProcess.start(directory);
        MongoClient client = store.connect()) {
      MongoCollection<Document> chunks = chunks(client);
      Binary id = new Binary(new byte[] {1, 2, 3});
      Binary other = new Binary(new byte[] {1, 2, 4});
      chunks.insertMany(
          List.of(
              new Document("_id", id)
                  .append("rev", 0L)
                  .append("expiresAt", Instant.ofEpochMilli(1_000)),
              new Document("_id", other)
                  .append("rev", 0L)
                  .append("expiresAt", Instant.ofEpochMilli(9_000))));
      var first = Filters.and(Filters.eq("_id", id), Filters.eq("rev", 0L));
      var next = new Document("rev", 1L).append("expiresAt", Instant.ofEpochMilli(1_000));

      assertThat(chunks.replaceOne(first, next).getMatchedCount()).isEqualTo(1);
      assertThat(chunks.replaceOne(first, next).getMatchedCount()).isZero();
      assertThat(chunks.find(Filters.in("_id", other, id, new Binary(new byte[1]))))
          .extracting(document -> document.getLong("rev"))
          .containsExactly(1L, 0L);

      var expired =
          Filters.and(
              Filters.in("_id", id, other), Filters.lt("expiresAt", Instant.ofEpochMilli(5_000)));
      assertThat(chunks.deleteMany(expired).getDeletedCount()).isEqualTo(1);
      assertThat(chunks.find()).extracting(document -> document.get("_id")).containsExactly(other);
    }
  }

  @Test
  void manyDocumentsMakeNoChangeOfOneSlower() throws Exception {
    try (StoreProcess store = StoreProcess.start(directory);
        MongoClient client = store.connect()) {
      MongoCollection<Document> chunks = chunks(client);
      var random = new Random(SEED);
      List<Document> some = batch("some", random);
      chunks.insertMany(some);
      for (int i = 0; i < 200; i++) {
        chunks.insertMany(batch("more-" + i, random));
      }

      var took = new ArrayList<Long>();
      for (Document document : some) {
        var one = Filters.and(Filters.eq("_id", document.get("_id")), Filters.exists("rev", false));
        long began = System.nanoTime();
        assertThat(chunks.replaceOne(one, new Document("rev", 1)).getMatchedCount()).isEqualTo(1);
        took.add(System.nanoTime() - began);
      }

      took.sort(Long::compare);
      assertThat(Duration.ofNanos(took.get(BATCH / 2))).isLessThan(Duration.ofMillis(50));
    }
  }

  @Test
  void aFileOfAnotherFormIsRefusedInASentence() {
    Path file = directory.resolve("store.mv");
    try (MVStore old = MVStore.open(file.toString())) {
      old.openMap("databases.perfload.chunks").put("id", "serialized");
      old.commit();
    }

    assertThatThrownBy(() -> StoreFile.open(file))
        .hasMessage("another version of Perfload wrote it in another form; move " + file + " away");
  }

  private static void checkAll(
      StoreProcess store, Queue<String> acknowledged, List<List<Document>> unanswered) {
    try (MongoClient client = store.connect()) {
      assertThat(missing(chunks(client), acknowledged)).isEmpty();
      for (List<Document> batch : unanswered) {
        writeAgain(chunks(client), batch, acknowledged);
      }
    }
  }

  private static List<List<Document>> writeUntilKilled(
      StoreProcess store, int kill, Random random, Queue<String> acknowledged)
      throws InterruptedException {
    var started = new CountDownLatch(WRITERS);
    Queue<List<Document>> unanswered = new ConcurrentLinkedQueue<>();
    List<Thread> writers = new ArrayList<>();
    try (MongoClient client = store.connect()) {
      for (int writer = 0; writer < WRITERS; writer++) {
        String name = kill + "-" + writer;
        long seed = random.nextLong();
        Thread thread =
            new Thread(
                () -> write(chunks(client), name, seed, acknowledged, unanswered, started),
                "writer-" + writer);
        thread.start();
        writers.add(thread);
      }
      assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
      new CountDownLatch(1).await(random.nextInt(10, 400), TimeUnit.MILLISECONDS);
      store.kill();
      for (Thread thread : writers) {
        thread.join(Duration.ofSeconds(20).toMillis());
        assertThat(thread.isAlive()).isFalse();
      }
    }
    return List.copyOf(unanswered);
  }

  private static void write(
      MongoCollection<Document> chunks,
      String writer,
      long seed,
      Queue<String> acknowledged,
      Queue<List<Document>> unanswered,
      CountDownLatch started) {
    var random = new Random(seed);
    for (int number = 0; ; number++) {
      List<Document> batch = batch(writer + "-" + number, random);
      try {
        chunks.insertMany(batch, new InsertManyOptions().ordered(false));
      } catch (MongoException e) {
        unanswered.add(batch);
        return;
      }
      batch.forEach(document -> acknowledged.add(document.getString("_id")));
      started.countDown();
    }
  }

  /**
   * What a worker does with a batch nobody answered for: insert; what is there must be readable.
   */
  private static void writeAgain(
      MongoCollection<Document> chunks, List<Document> batch, Queue<String> acknowledged) {
    try {
      chunks.insertMany(batch, new InsertManyOptions().ordered(false));
    } catch (MongoBulkWriteException e) {
      assertThat(e.getWriteErrors())
          .allMatch(
              error -> ErrorCategory.fromErrorCode(error.getCode()) == ErrorCategory.DUPLICATE_KEY);
    }
    for (Document document : batch) {
      String id = document.getString("_id");
      assertThat(chunks.find(Filters.eq("_id", id)).first()).as(id).isEqualTo(document);
      acknowledged.add(id);
    }
  }

  private static List<String> missing(
      MongoCollection<Document> chunks, Queue<String> acknowledged) {
    List<String> missing = new ArrayList<>();
    List<String> ids = List.copyOf(acknowledged);
    for (int from = 0; from < ids.size(); from += 500) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + 500));
      List<String> found = new ArrayList<>();
      chunks
          .find(Filters.in("_id", some))
          .forEach(document -> found.add(document.getString("_id")));
      some.stream().filter(id -> !found.contains(id)).forEach(missing::add);
    }
    return missing;
  }

  private static List<Document> batch(String name, Random random) {
    List<Document> batch = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      byte[] bytes = new byte[1_000 + random.nextInt(1_000)];
      random.nextBytes(bytes);
      String host = Long.toHexString(random.nextLong());
      batch.add(
          new Document("_id", host + "/" + name + "/" + i).append("bytes", new Binary(bytes)));
    }
    return batch;
  }

  private static MongoCollection<Document> chunks(MongoClient client) {
    return client.getDatabase("perfload").getCollection("chunks");
  }
}
