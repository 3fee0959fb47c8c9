// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.perfload.master.accept.DoorSocket;
import io.perfload.master.accept.Errno;
import io.perfload.master.roster.Roster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets the listening socket: binds a new one, or where the port is taken asks the workers for the
 * one that an earlier master left in their hands.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails there is told elsewhere
final class DoorRecovery {
  private static final Logger log = LoggerFactory.getLogger(DoorRecovery.class);
  private static final long RETRY_MILLIS = 100;

  private final MasterConfig config;
  private final LocalSocket sockets;
  private final Roster roster;
  private final Executor loop;
  private final BlockingQueue<Integer> given = new LinkedBlockingQueue<>();

  DoorRecovery(MasterConfig config, LocalSocket sockets, Roster roster, Executor loop) {
    this.config = config;
    this.sockets = sockets;
    this.roster = roster;
    this.loop = loop;
  }

  /**
   * Returns the listening socket. Blocks for the time it takes.
   *
   * @throws StartFailed if the port is somebody else's
   */
  Socket open() throws IOException, InterruptedException {
    try {
      return DoorSocket.bind(config.listen(), config.backlog());
    } catch (IOException e) {
      if (!Errno.EADDRINUSE.is(e)) {
        throw new StartFailed("cannot listen at " + name() + ": " + e.getMessage());
      }
    }
    log.info("Port is taken, workers are asked for its socket: address={}", name());
    Channel door =
        sockets.listen(
            config.run().doorSocket(), DomainSocketReadMode.FILE_DESCRIPTORS, new GivenDoor());
    loop.execute(() -> roster.wantDoor(true));
    try {
      return await();
    } finally {
      loop.execute(() -> roster.wantDoor(false));
      door.close().syncUninterruptibly();
      closeSpares();
    }
  }

  private Socket await() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + config.takeOverWithin().toNanos();
    while (System.nanoTime() - deadline < 0) {
      @Nullable Integer fd = given.poll(RETRY_MILLIS, TimeUnit.MILLISECONDS);
      @Nullable Socket socket = fd == null ? bindAgain() : adopt(fd);
      if (socket != null) {
        return socket;
      }
    }
    throw new StartFailed(
        "port taken: something else listens at " + name() + "; stop it or choose another --listen");
  }

  private @Nullable Socket bindAgain() throws IOException {
    try {
      return DoorSocket.bind(config.listen(), config.backlog());
    } catch (IOException e) {
      if (Errno.EADDRINUSE.is(e)) {
        return null;
      }
      throw e;
    }
  }

  private @Nullable Socket adopt(int fd) {
    try {
      Socket socket = DoorSocket.adopt(fd, config.listen(), config.backlog());
      log.info("Listening socket taken over: address={}", name());
      return socket;
    } catch (IOException e) {
      log.warn("Worker gave a wrong socket: cause={}", e.getMessage());
      return null;
    }
  }

  private void closeSpares() throws IOException {
    for (@Nullable Integer fd = given.poll(); fd != null; fd = given.poll()) {
      new FileDescriptor(fd).close();
    }
  }

  private String name() {
    InetSocketAddress listen = config.listen();
    return listen.getAddress().getHostAddress() + ":" + listen.getPort();
  }

  /** Receives one descriptor a connection. */
  private final class GivenDoor extends ChannelInboundHandlerAdapter {
    @Override
    public boolean isSharable() {
      return true;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      given.add(((FileDescriptor) message).intValue());
      context.close();
    }
  }
}
