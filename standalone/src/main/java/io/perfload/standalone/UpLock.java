// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import io.perfload.common.control.ProcessIdentity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** One {@code up} a data directory. The kernel releases it however the process ends. */
final class UpLock implements AutoCloseable {
  private final DataDirectory data;
  private final FileChannel file;

  private UpLock(DataDirectory data, FileChannel file) {
    this.data = data;
    this.file = file;
  }

  /** Takes the lock and writes the pid file. */
  static UpLock take(DataDirectory data) throws UpFailed, IOException {
    FileChannel file =
        FileChannel.open(data.upLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (file.tryLock() == null) {
      file.close();
      String pid = data.upPid().read().map(up -> " (pid " + up.pid() + ")").orElse("");
      throw new UpFailed(
          "Another 'perfload up'"
              + pid
              + " uses "
              + data.path()
              + ": stop it with 'perfload down', or give this one its own --data DIR.");
    }
    data.upPid().write(ProcessIdentity.self());
    return new UpLock(data, file);
  }

  @Override
  public void close() throws IOException {
    data.upPid().delete();
    file.close();
  }
}
