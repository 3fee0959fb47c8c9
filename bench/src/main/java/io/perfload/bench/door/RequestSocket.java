// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.door;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One connection of a load: a bare socket in Netty's epoll, without a channel around it, for that
 * would cost as much as the rest. Confined to the load's event loop.
 */
final class RequestSocket implements EpollIoHandle {
  private static final int SOL_IP = 0;
  private static final int IP_BIND_ADDRESS_NO_PORT = 24;
  private static final EpollIoOps EVENTS =
      EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT).with(EpollIoOps.EPOLLET);

  private final RequestLoad load;
  private final int place;
  private final LinuxSocket socket;
  private final ResponseScanner answer = new ResponseScanner();
  private Optional<IoRegistration> registration = Optional.empty();
  private boolean connected;
  private boolean ended;
  private long sentAtNanos;

  private RequestSocket(RequestLoad load, int place, LinuxSocket socket) {
    this.load = load;
    this.place = place;
    this.socket = socket;
  }

  /** Begins to connect from {@code source}. */
  static RequestSocket open(RequestLoad load, int place, InetSocketAddress source, boolean reset)
      throws IOException {
    LinuxSocket socket = LinuxSocket.newSocketStream(false);
    var opened = new RequestSocket(load, place, socket);
    opened.sentAtNanos = load.now();
    try {
      socket.setIntOpt(SOL_IP, IP_BIND_ADDRESS_NO_PORT, 1);
      socket.setTcpNoDelay(true);
      if (reset) {
        socket.setSoLinger(0);
      }
      socket.bind(source);
      socket.connect(load.server());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return opened;
  }

  /** Its place among the connections of its load. */
  int place() {
    return place;
  }

  /** When its request began: the connect, or the writing on a kept connection. */
  long sentAtNanos() {
    return sentAtNanos;
  }

  /** The event loop watches it from now on. */
  void registered(IoRegistration watched) {
    registration = Optional.of(watched);
    watched.submit(EVENTS);
  }

  /** Asks once more. */
  void again() {
    sentAtNanos = load.now();
    request();
  }

  @Override
  public FileDescriptor fd() {
    return socket;
  }

  @Override
  public void handle(IoRegistration watched, IoEvent event) {
    if (ended) {
      return;
    }
    try {
      EpollIoOps ops = ((EpollIoEvent) event).ops();
      if (!connected && ops.contains(EpollIoOps.EPOLLOUT)) {
        connected = socket.finishConnect();
        request();
      }
      if (!ended && ops.contains(EpollIoOps.EPOLLIN)) {
        response();
      }
    } catch (IOException e) {
      load.failed(this);
    }
  }

  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    registration.ifPresent(IoRegistration::cancel);
    try {
      socket.close();
    } catch (IOException e) {
      load.failedToClose();
    }
  }

  private void request() {
    ByteBuf request = load.request();
    try {
      int length = request.readableBytes();
      if (socket.sendAddress(request.memoryAddress(), 0, length) != length) {
        load.failed(this);
      }
    } catch (IOException e) {
      load.failed(this);
    }
  }

  private void response() throws IOException {
    ByteBuf bytes = load.scratch();
    int length = socket.recvAddress(bytes.memoryAddress(), 0, bytes.capacity());
    if (length < 0) {
      load.failed(this);
      return;
    }
    bytes.setIndex(0, length);
    if (answer.read(bytes)) {
      if (answer.success()) {
        load.answered(this);
      } else {
        load.failed(this);
      }
    }
  }
}
