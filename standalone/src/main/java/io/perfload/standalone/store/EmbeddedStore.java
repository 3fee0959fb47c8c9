// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.store;

import de.bwaldvogel.mongo.MongoServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store, answering on loopback. It asks nobody who they are, so it listens nowhere else. A
 * thread named {@code store-compaction} keeps the file from growing.
 */
final class EmbeddedStore implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedStore.class);
  private static final int EVENT_LOOPS = 2;
  private static final int COMPACTION_BYTES = 2 << 20;
  private static final long COMPACTION_SECONDS = 2;

  private final DurableBackend backend;
  private final MongoServer server;
  private final CountDownLatch stopping = new CountDownLatch(1);

  /**
   * Opens the file, repairing what a killed process left half written, and listens.
   *
   * @throws RuntimeException if the file is in use or broken, or the port is taken
   */
  static EmbeddedStore start(StoreConfig config, Runnable whenBroken) {
    MVStore file = StoreFile.open(config.file());
    var backend =
        new DurableBackend(
            file,
            config.sync(),
            cause -> {
              log.error("Store file cannot be written: file={}", config.file(), cause);
              whenBroken.run();
            });
    return new EmbeddedStore(backend, config.port());
  }

  private EmbeddedStore(DurableBackend backend, int port) {
    this.backend = backend;
    this.server = new MongoServer(backend);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1, EVENT_LOOPS);
    Thread compaction = new Thread(this::compactNowAndThen, "store-compaction");
    compaction.setDaemon(true);
    compaction.start();
  }

  int port() {
    return server.getLocalAddress().getPort();
  }

  /** Finishes the commands under way and closes the file; a last one may go unanswered. */
  @Override
  public void close() {
    stopping.countDown();
    server.shutdownNow();
  }

  private void compactNowAndThen() {
    try {
      while (!stopping.await(COMPACTION_SECONDS, TimeUnit.SECONDS)) {
        backend.compact(COMPACTION_BYTES);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (MVStoreException e) {
      log.error("Compaction failed and stops; the file will grow", e);
    }
  }
}
