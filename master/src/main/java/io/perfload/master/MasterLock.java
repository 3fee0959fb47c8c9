// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master;

import io.perfload.common.control.ProcessIdentity;
import io.perfload.common.control.RunDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One master a run directory. The kernel releases it however the process ends. */
final class MasterLock implements AutoCloseable {
  private static final long RETRY_MILLIS = 20;

  private final RunDirectory run;
  private final FileChannel file;

  private MasterLock(RunDirectory run, FileChannel file) {
    this.run = run;
    this.file = file;
  }

  /**
   * Takes the lock, waiting for a master that is about to go.
   *
   * @throws StartFailed if it does not go in time
   */
  static MasterLock take(RunDirectory run, Duration within)
      throws IOException, InterruptedException {
    FileChannel file =
        FileChannel.open(run.masterLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    long deadline = System.nanoTime() + within.toNanos();
    @Nullable FileLock lock = file.tryLock();
    while (lock == null) {
      if (System.nanoTime() - deadline > 0) {
        file.close();
        throw new StartFailed("another master" + pid(run) + " uses the run directory " + run);
      }
      Thread.sleep(RETRY_MILLIS);
      lock = file.tryLock();
    }
    run.masterPid().write(ProcessIdentity.self());
    return new MasterLock(run, file);
  }

  private static String pid(RunDirectory run) {
    Optional<ProcessIdentity> holder = run.masterPid().read();
    return holder.map(process -> " (pid " + process.pid() + ")").orElse("");
  }

  @Override
  public void close() throws IOException {
    run.masterPid().delete();
    file.close();
  }
}
