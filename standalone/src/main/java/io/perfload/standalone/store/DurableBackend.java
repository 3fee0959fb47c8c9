// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.store;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Commits after each command that writes, before its answer leaves, so that what was acknowledged
 * is in the file when the process is killed. A document and its index entries are several changes
 * to several maps: one lock over the command and its commit keeps another command's commit from
 * storing half of them. Any thread.
 */
final class DurableBackend extends H2Backend {
  private static final Set<String> READ_ONLY =
      Set.of(
          "find",
          "getmore",
          "killcursors",
          "count",
          "distinct",
          "listcollections",
          "listindexes",
          "listdatabases",
          "dbstats",
          "collstats",
          "validate",
          "ping",
          "hello",
          "ismaster",
          "buildinfo",
          "serverstatus",
          "whatsmyuri",
          "getlasterror",
          "endsessions");

  private final MVStore store;
  private final boolean sync;
  private final Consumer<RuntimeException> broken;
  private long forcedVersion;
  private final ReentrantLock writing = new ReentrantLock();

  /**
   * Serves what {@code store} holds.
   *
   * @param sync whether a write is on the disk, not only with the kernel, when it is acknowledged
   * @param broken told when the file can be written no more; nothing works from then on
   */
  DurableBackend(MVStore store, boolean sync, Consumer<RuntimeException> broken) {
    super(store);
    this.broken = broken;
    this.store = store;
    this.sync = sync;
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String name) {
    return new StoredDatabase(name, getMvStore(), getCursorRegistry());
  }

  @Override
  public Document handleCommand(Channel channel, String database, String command, Document query) {
    if (READ_ONLY.contains(command.toLowerCase(Locale.ROOT))) {
      return super.handleCommand(channel, database, command, query);
    }
    writing.lock();
    try {
      Document answer = super.handleCommand(channel, database, command, query);
      commitChanges();
      return answer;
    } finally {
      writing.unlock();
    }
  }

  /**
   * Rewrites some of the least filled parts of the file, if it has become too empty. Blocks writers
   * meanwhile.
   *
   * @param bytes about how much to write at most
   */
  void compact(int bytes) {
    writing.lock();
    try {
      commitChanges();
      store.compact(StoreFile.WANTED_FILL_PERCENT, bytes);
      commitChanges();
    } finally {
      writing.unlock();
    }
  }

  /** Brings to the disk what the kernel has. Writers go on meanwhile. */
  void force() {
    if (store.getCurrentVersion() != forcedVersion) {
      forcedVersion = store.getCurrentVersion();
      store.sync();
    }
  }

  /** Waits for the command under way, then closes the file. */
  @Override
  public void close() {
    writing.lock();
    try {
      commitChanges();
      super.close();
    } finally {
      writing.unlock();
    }
  }

  private void commitChanges() {
    try {
      if (store.hasUnsavedChanges()) {
        store.commit();
        if (sync) {
          store.sync();
        }
      }
    } catch (MVStoreException e) {
      broken.accept(e);
      throw e;
    }
  }
}
