// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone.store;

import java.nio.file.Path;
import org.h2.mvstore.MVStore;

/**
 * How the file is opened. It only ever changes by whole commits that we ask for: neither a timer
 * nor a full buffer of H2's may write half a command.
 */
final class StoreFile {
  /** Below this share of live bytes, chunks of the file are rewritten to give their space back. */
  static final int WANTED_FILL_PERCENT = 60;

  /**
   * How long the bytes of an overwritten page stay. H2's own 45 s make the file grow by all that is
   * written in 45 s. What a killed process wrote is in the kernel's hands and needs no retention;
   * for a power cut it must be longer than the time between two forced writes, so that what the
   * disk has last seen is whole.
   */
  private static final int RETENTION_MILLIS = 3 * EmbeddedStore.FORCE_MILLIS;

  /** A batch of chunks touches as many leaves as it has hosts: small leaves, little to rewrite. */
  private static final int LEAF_BYTES = 4096;

  private static final int CACHE_MEGABYTES = 24;

  /** Documents as BSON, keys as {@link StoredKey}; a file without a number is of another form. */
  private static final int FORM = 1;

  private StoreFile() {}

  static MVStore open(Path file) {
    MVStore store =
        new MVStore.Builder()
            .fileName(file.toString())
            .autoCommitDisabled()
            .autoCommitBufferSize(0)
            .autoCompactFillRate(WANTED_FILL_PERCENT)
            .pageSplitSize(LEAF_BYTES)
            .compress()
            .cacheSize(CACHE_MEGABYTES)
            .open();
    store.getFileStore().setRetentionTime(RETENTION_MILLIS);
    store.setVersionsToKeep(0);
    checkForm(store, file);
    return store;
  }

  private static void checkForm(MVStore store, Path file) {
    if (store.getMapNames().isEmpty()) {
      store.setStoreVersion(FORM);
    } else if (store.getStoreVersion() != FORM) {
      store.closeImmediately();
      throw new IllegalStateException(
          "another version of Perfload wrote it in another form; move " + file + " away");
    }
  }
}
