// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.Catalogue;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import oshi.software.os.FileSystem;
import oshi.software.os.OSFileStore;

/** Size and use of local file systems, by OSHI; asked every few seconds. */
final class OshiDiskSpaceProbe implements Probe {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final boolean ONLY_LOCAL = true;

  private final FileSystem files;
  private final Pace pace = new Pace(EVERY);
  private List<OSFileStore> stores = List.of();

  OshiDiskSpaceProbe(FileSystem files) {
    this.files = files;
  }

  @Override
  public String subject() {
    return "disk space";
  }

  @Override
  public void read(Columns columns, long nanoTime) {
    if (pace.isDue(nanoTime)) {
      stores = files.getFileStores(ONLY_LOCAL);
    }
    long total = 0;
    long used = 0;
    Set<String> volumes = new HashSet<>();
    for (OSFileStore store : stores) {
      if (store.getTotalSpace() > 0 && volumes.add(store.getVolume())) {
        long inUse = store.getTotalSpace() - store.getFreeSpace();
        columns.of(Catalogue.DISK_TOTAL, store.getMount()).set(store.getTotalSpace());
        columns.of(Catalogue.DISK_USED, store.getMount()).set(inUse);
        total += store.getTotalSpace();
        used += inUse;
      }
    }
    if (total > 0) {
      columns.of(Catalogue.DISK_TOTAL).set(total);
      columns.of(Catalogue.DISK_USED).set(used);
    }
  }
}
