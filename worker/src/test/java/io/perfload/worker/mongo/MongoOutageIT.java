// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import io.perfload.common.chunk.ChunkId;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostId;
import io.perfload.worker.history.ChunkStore;
import io.perfload.worker.history.HistorySettings;
import io.perfload.worker.history.HistoryWriter;
import io.perfload.worker.history.Minutes;
import io.perfload.worker.history.Outcomes;
import io.perfload.worker.history.StoreUnavailable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongoOutageIT {
  private static final int CHUNKS = 6_000;

  private final HostId host = HostId.random();
  private final Outcomes outcomes = new Outcomes();

  @Test
  void aServerThatIsKilledInTheMiddleAndComesBackHasEverythingOnceAndNothingWasToldBefore(
      @TempDir Path data) throws Exception {
    int port = freePort();
    MongoServer first = server(data, port);
    try (var stores = new MongoStores("mongodb://127.0.0.1:" + port)) {
      HistoryWriter writer = writer(stores);
      for (int i = 0; i < CHUNKS; i++) {
        offer(writer, minute(i));
      }
      await().until(() -> outcomes.stored().size() > 500);
      first.shutdownNow();
      Set<ChunkId> toldBefore = new HashSet<>(outcomes.stored());
      assertThat(toldBefore).hasSizeLessThan(CHUNKS);
      await().atMost(Duration.ofSeconds(30)).until(() -> writer.counts().failures() > 2);

      MongoServer second = server(data, port);
      try {
        assertThat(missing(stores.chunks(), toldBefore)).isEmpty();
        await().atMost(Duration.ofSeconds(60)).until(() -> outcomes.stored().size() == CHUNKS);

        assertThat(outcomes.stored()).doesNotHaveDuplicates();
        assertThat(missing(stores.chunks(), outcomes.stored())).isEmpty();
        assertThat(writer.counts().pendingChunks()).isZero();
        assertThat(writer.drain(Duration.ofSeconds(5))).isZero();
      } finally {
        second.shutdownNow();
      }
    }
  }

  @Test
  void nothingIsConnectedBeforeItIsUsedAndAServerThatComesLaterIsFound(@TempDir Path data)
      throws Exception {
    int port = freePort();
    try (var stores = new MongoStores("mongodb://127.0.0.1:" + port)) {
      HistoryWriter writer = writer(stores);
      offer(writer, minute(0));
      await().atMost(Duration.ofSeconds(20)).until(() -> writer.counts().failures() > 0);

      MongoServer server = server(data, port);
      try {
        await().atMost(Duration.ofSeconds(20)).until(() -> outcomes.stored().size() == 1);
        assertThat(writer.drain(Duration.ofSeconds(5))).isZero();
      } finally {
        server.shutdownNow();
      }
    }
  }

  private HistoryWriter writer(MongoStores stores) {
    var clock = InstantSource.fixed(Instant.ofEpochMilli(Minutes.START));
    var settings = new HistorySettings(Duration.ofDays(30), 64 << 20, CHUNKS, 2);
    var writer =
        new HistoryWriter(
            stores.chunks(),
            stores.series(),
            stores.gaps(),
            settings,
            clock,
            System::nanoTime,
            new Random(7));
    writer.start();
    return writer;
  }

  private void offer(HistoryWriter writer, PackedChunk chunk) {
    assertThat(writer.offer(chunk, Minutes.SMALL, Minutes.ARRIVAL, outcomes.of(chunk.id())))
        .isTrue();
  }

  private PackedChunk minute(int minute) {
    return Minutes.packed(host, Minutes.SMALL, minute * -60L - 60, minute * -60L);
  }

  private static List<ChunkId> missing(ChunkStore store, Iterable<ChunkId> ids)
      throws StoreUnavailable {
    List<ChunkId> all = new ArrayList<>();
    ids.forEach(all::add);
    List<ChunkId> missing = new ArrayList<>();
    for (int from = 0; from < all.size(); from += ChunkStore.MAX_BATCH) {
      List<ChunkId> some = all.subList(from, Math.min(all.size(), from + ChunkStore.MAX_BATCH));
      Set<ChunkId> found = store.find(some).keySet();
      some.stream().filter(id -> !found.contains(id)).forEach(missing::add);
    }
    return missing;
  }

  private static MongoServer server(Path data, int port) {
    var server = new MongoServer(new H2Backend(data.resolve("store.mv").toString()));
    server.bind("127.0.0.1", port);
    return server;
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
