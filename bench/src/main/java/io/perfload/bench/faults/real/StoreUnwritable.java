// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The store's disk is full, or it comes back to a file that it may only read. Full is a limit of
 * the kernel's below the size of the file: the store finds room in its file again for a while.
 */
final class StoreUnwritable implements Fault {
  private final boolean readOnly;
  private int starts;
  private int complaints;
  private boolean noticed;

  StoreUnwritable(boolean readOnly) {
    this.readOnly = readOnly;
  }

  @Override
  public void inject(Scene scene) throws IOException, InterruptedException {
    Supervised store = scene.stack().store();
    starts = store.starts();
    complaints = complaints(store);
    if (readOnly) {
      Permissions.set(directory(scene), false);
      store.precede(Permissions.heeding());
      store.signal("KILL");
      starts++;
    } else {
      long size = Files.size(scene.stack().storeFile());
      String bytes = Long.toString(scene.random().nextLong(size));
      store.precede(List.of("prlimit", "--fsize=" + bytes + ":unlimited"));
      Signals.limit(
          store.pid().orElseThrow(() -> new IOException("there is no store")),
          "--fsize=" + bytes + ":");
    }
  }

  @Override
  public Duration lasts(Scene scene) {
    return Duration.ofMillis(scene.random().nextLong(4_500, 7_000));
  }

  @Override
  public void heal(Scene scene) throws IOException, InterruptedException {
    Supervised store = scene.stack().store();
    noticed = store.starts() > starts || complaints(store) > complaints;
    store.precede(List.of());
    if (readOnly) {
      Permissions.set(directory(scene), true);
    } else if (store.pid().isPresent()) {
      unlimit(store.pid().get());
    }
  }

  @Override
  public boolean happened() {
    return noticed;
  }

  private static void unlimit(long pid) throws IOException, InterruptedException {
    try {
      Signals.limit(pid, "--fsize=unlimited:");
    } catch (IOException e) {
      if (Target.isAlive(pid)) {
        throw e;
      }
    }
  }

  private static int complaints(Supervised store) throws IOException {
    return Words.count(store.words(), "cannot be written")
        + Words.count(store.words(), "cannot start with");
  }

  private static Path directory(Scene scene) {
    return scene.stack().directory().resolve("store");
  }
}
