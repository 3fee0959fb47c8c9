// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This worker's copy of the listening socket. It is never accepted from; it keeps the port and its
 * backlog alive while there is no master. Confined to the adopting loop.
 */
final class DoorCopy {
  private static final Logger log = LoggerFactory.getLogger(DoorCopy.class);

  private @Nullable FileDescriptor copy;

  /** Keeps {@code fd} instead of the one before. */
  void keep(int fd) {
    drop();
    copy = new FileDescriptor(fd);
  }

  boolean isKept() {
    return copy != null;
  }

  /** Sends it to the master that asks at {@code path}, if there is one to send. */
  void give(Path path) {
    if (copy == null) {
      return;
    }
    Socket socket = Socket.newSocketDomain();
    try {
      socket.connect(new DomainSocketAddress(path.toFile()));
      socket.sendFd(copy.intValue());
      log.info("Listening socket given to the next master");
    } catch (IOException e) {
      log.debug("Listening socket not given: cause={}", e.toString());
    } finally {
      close(socket);
    }
  }

  void drop() {
    if (copy != null) {
      close(copy);
      copy = null;
    }
  }

  private static void close(FileDescriptor descriptor) {
    try {
      descriptor.close();
    } catch (IOException e) {
      // close(2) frees the descriptor whatever it reports
    }
  }
}
