// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.Catalogue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Size and use of the file systems on local disks. They change slowly: each is asked every few
 * seconds, and what it said stands until the next time.
 */
final class DiskSpaceProbe implements Probe {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final TextSource mountinfo;
  private final Mounts mounts;
  private final Function<String, Space> space;
  private final Pace pace = new Pace(EVERY);
  private List<Mounted> mounted = List.of();

  /**
   * Reads file systems.
   *
   * @param space asks the file system at a path for its size
   */
  DiskSpaceProbe(TextSource mountinfo, Mounts mounts, Function<String, Space> space) {
    this.mountinfo = mountinfo;
    this.mounts = mounts;
    this.space = space;
  }

  @Override
  public String subject() {
    return "disk space";
  }

  @Override
  public void read(Columns columns, long nanoTime) throws IOException {
    if (pace.isDue(nanoTime)) {
      mounted = List.of();
      mounted = ask(columns);
    }
    if (mounted.isEmpty()) {
      return;
    }
    long total = 0;
    long used = 0;
    for (Mounted mount : mounted) {
      mount.total.set(mount.space.total());
      mount.used.set(mount.space.used());
      total += mount.space.total();
      used += mount.space.used();
    }
    columns.of(Catalogue.DISK_TOTAL).set(total);
    columns.of(Catalogue.DISK_USED).set(used);
  }

  private List<Mounted> ask(Columns columns) throws IOException {
    List<Mounted> answers = new ArrayList<>();
    for (String path : mounts.paths(mountinfo.read())) {
      Space answer = space.apply(path);
      if (answer.total() > 0) {
        answers.add(
            new Mounted(
                columns.of(Catalogue.DISK_TOTAL, path),
                columns.of(Catalogue.DISK_USED, path),
                answer));
      }
    }
    return answers;
  }

  private record Mounted(Column total, Column used, Space space) {}
}
