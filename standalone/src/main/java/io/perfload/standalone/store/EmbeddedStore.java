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
 * thread named {@code store-upkeep} forces the file to the disk now and then and keeps it small.
 */
final class EmbeddedStore implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedStore.class);
  private static final int EVENT_LOOPS = 2;
  private static final int COMPACTION_BYTES = 4 << 20;
  private static final int COMPACTION_MILLIS = 250;
  private static final int UPKEEP_ENDS_WITHIN_MILLIS = 2_000;

  /** The most that a power cut takes, unless each write is forced. */
  static final int FORCE_MILLIS = 1_000;

  private final DurableBackend backend;
  private final MongoServer server;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread upkeep = new Thread(this::keepUp, "store-upkeep");

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
    upkeep.setDaemon(true);
    upkeep.start();
  }

  int port() {
    return server.getLocalAddress().getPort();
  }

  /** Finishes the commands under way and closes the file; a last one may go unanswered. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      upkeep.join(UPKEEP_ENDS_WITHIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.shutdownNow();
  }

  private void keepUp() {
    try {
      for (int round = 1; !stopping.await(COMPACTION_MILLIS, TimeUnit.MILLISECONDS); round++) {
        backend.compact(COMPACTION_BYTES);
        if (round % (FORCE_MILLIS / COMPACTION_MILLIS) == 0) {
          backend.force();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (MVStoreException e) {
      log.error("Upkeep failed and ends; the file will grow", e);
    }
  }
}
