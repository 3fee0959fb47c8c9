// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.accept;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.perfload.common.route.ClientKey;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts from the door and passes each descriptor on as the kernel gave it: no channel is built
 * for it.
 *
 * <p>Starts paused. While it is paused the kernel's backlog holds those who come. Confined to the
 * door's event loop.
 */
public final class Listener implements EpollIoHandle {
  private static final Logger log = LoggerFactory.getLogger(Listener.class);

  /** Then the other descriptors of the loop have their turn: answers come through them. */
  private static final int BATCH = 64;

  /** One byte of length, at most 16 of address, 4 of scope, 4 of port. */
  private static final int ADDRESS = 25;

  private static final int IPV4_WITH_PORT = 8;

  /** Never NONE: Netty would take the descriptor out of epoll and could not put it back. */
  private static final EpollIoOps PAUSED = EpollIoOps.EPOLLERR;

  private static final EpollIoOps READING = EpollIoOps.EPOLLERR.with(EpollIoOps.EPOLLIN);

  private final Socket socket;
  private final Intake intake;
  private final byte[] address = new byte[ADDRESS];
  private @Nullable IoRegistration registration;
  private boolean reading;
  private boolean failing;

  public Listener(Socket socket, Intake intake) {
    this.socket = socket;
    this.intake = intake;
  }

  /** Joins the loop, paused. Called on the loop. */
  public void join(IoEventLoop loop) {
    registration = loop.register(this).getNow();
    submit(PAUSED);
  }

  @Override
  public FileDescriptor fd() {
    return socket;
  }

  /** Reads or pauses; without effect when it does so already. */
  public void reading(boolean wanted) {
    if (reading != wanted && socket.isOpen()) {
      reading = wanted;
      submit(wanted ? READING : PAUSED);
    }
  }

  public boolean isReading() {
    return reading;
  }

  private void submit(EpollIoOps ops) {
    if (registration != null) {
      registration.submit(ops);
    }
  }

  @Override
  public void handle(IoRegistration source, IoEvent event) {
    try {
      accept();
    } catch (IOException e) {
      failed(e);
    }
  }

  private void accept() throws IOException {
    for (int i = 0; i < BATCH && reading && intake.accepting(); i++) {
      int fd = socket.accept(address);
      if (fd < 0) {
        return;
      }
      failing = false;
      int length = address[0] == IPV4_WITH_PORT ? 4 : 16;
      intake.accepted(fd, ClientKey.of(address, 1, length));
    }
  }

  private void failed(IOException cause) {
    if (Errno.EMFILE.is(cause) || Errno.ENFILE.is(cause)) {
      intake.starved(cause);
    } else if (!failing) {
      // one connection's own error (it was reset in the backlog, say); level-triggered, so on we go
      failing = true;
      log.debug("Accept failed: cause={}", cause.toString());
    }
  }

  /** Leaves the loop and closes this process's copy; others keep the door open. */
  @Override
  public void close() {
    reading = false;
    if (registration != null) {
      registration.cancel();
    }
    try {
      socket.close();
    } catch (IOException e) {
      log.warn("Listening socket not closed: cause={}", e.toString());
    }
  }

  /** Ends the door for good, in every process that has a copy, then closes. */
  public void shutDown() {
    try {
      socket.shutdown();
    } catch (IOException e) {
      log.debug("Listening socket was shut already: cause={}", e.toString());
    }
    close();
  }
}
