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
   * this covers a disk that was some seconds behind when the power went.
   */
  private static final int RETENTION_MILLIS = 3_000;

  private static final int CACHE_MEGABYTES = 24;

  private StoreFile() {}

  static MVStore open(Path file) {
    MVStore store =
        new MVStore.Builder()
            .fileName(file.toString())
            .autoCommitDisabled()
            .autoCommitBufferSize(0)
            .autoCompactFillRate(WANTED_FILL_PERCENT)
            .cacheSize(CACHE_MEGABYTES)
            .open();
    store.getFileStore().setRetentionTime(RETENTION_MILLIS);
    store.setVersionsToKeep(0);
    return store;
  }
}
