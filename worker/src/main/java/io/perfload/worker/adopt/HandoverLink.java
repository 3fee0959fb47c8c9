// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import io.netty.channel.ChannelException;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.perfload.common.control.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Descriptors from one master, and our answers. The first is our copy of the listening socket, each
 * later one a client.
 *
 * <p>Sockets are passed on only after their answers are written, so that none that the master gives
 * to another worker was ever read from here. A master that dies leaves its descriptors in the
 * socket: reading goes on to the end, whether or not anybody hears the answers. Confined to the
 * adopting loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a timer of this loop
final class HandoverLink implements EpollIoHandle {
  private static final Logger log = LoggerFactory.getLogger(HandoverLink.class);

  /** Descriptors taken before they are answered in one go. */
  private static final int BATCH = 32;

  private static final int NOTHING_NOW = 0;
  private static final int END = -1;

  /** Netty's word for a message whose descriptor the kernel could not install: EMFILE or ENFILE. */
  private static final int EMSGSIZE = -90;

  private static final long ANSWER_RETRY_MILLIS = 5;
  private static final EpollIoOps READING =
      EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLERR).with(EpollIoOps.EPOLLRDHUP);

  /** Hears a link. Called on the adopting loop. */
  interface Events {
    /** Our copy of the listening socket came. */
    void door(int fd);

    /** A connection is ours, and the master was told. */
    void adopted(EpollSocketChannel channel);

    /** Some descriptors were answered and passed on. */
    void batchEnded(HandoverLink link);

    /** All that was sent has been read. */
    void ended(HandoverLink link);
  }

  private final Socket socket;
  private final IoEventLoop loop;
  private final Events events;
  private final ByteBuffer answers = ByteBuffer.allocateDirect(BATCH);
  private final ArrayDeque<EpollSocketChannel> unregistered = new ArrayDeque<>(BATCH);
  private @Nullable IoRegistration registration;
  private boolean doorCame;
  private boolean heard = true;
  private boolean ended;
  private long answered;

  private HandoverLink(Socket socket, IoEventLoop loop, Events events) {
    this.socket = socket;
    this.loop = loop;
    this.events = events;
  }

  /** Connects to {@code path} and says who we are. Called on {@code loop}. */
  static HandoverLink connect(Path path, UUID instance, IoEventLoop loop, Events events)
      throws IOException {
    Socket socket = Socket.newSocketDomain();
    try {
      socket.connect(new DomainSocketAddress(path.toFile()));
      ByteBuffer greeting = ByteBuffer.allocateDirect(2 * Long.BYTES);
      greeting.putLong(instance.getMostSignificantBits());
      greeting.putLong(instance.getLeastSignificantBits());
      socket.write(greeting, 0, greeting.position());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    var link = new HandoverLink(socket, loop, events);
    link.registration = loop.register(link).getNow();
    link.registration.submit(READING);
    return link;
  }

  /** How many descriptors were answered. */
  long answered() {
    return answered;
  }

  @Override
  public FileDescriptor fd() {
    return socket;
  }

  @Override
  public void handle(IoRegistration source, IoEvent event) {
    if (!ended) {
      takeBatch();
    }
  }

  private void takeBatch() {
    if (answers.position() > 0 && !answer()) {
      return;
    }
    boolean end = false;
    while (answers.hasRemaining() && !end) {
      int fd = receive();
      if (fd == NOTHING_NOW) {
        break;
      }
      end = fd == END;
    }
    if (answer() && end) {
      close();
    }
  }

  /** Receives and judges one descriptor; returns it, or that there is none. */
  private int receive() {
    int fd;
    try {
      fd = socket.recvFd();
    } catch (NativeIoException e) {
      if (e.expectedErr() != EMSGSIZE) {
        log.debug("Handover socket failed: cause={}", e.toString());
        return END;
      }
      answers.put(Answer.NOT_TAKEN);
      return 1;
    } catch (IOException e) {
      log.debug("Handover socket failed: cause={}", e.toString());
      return END;
    }
    if (fd > 0) {
      answers.put(judge(fd));
    }
    return fd;
  }

  private byte judge(int fd) {
    if (!doorCame) {
      doorCame = true;
      events.door(fd);
      return Answer.ADOPTED;
    }
    EpollSocketChannel channel;
    try {
      channel = new EpollSocketChannel(fd);
    } catch (ChannelException e) {
      letGo(new FileDescriptor(fd));
      return Answer.DEAD;
    }
    if (!channel.isActive()) {
      // Netty would never poll it and so never close it
      letGo(channel.fd());
      return Answer.DEAD;
    }
    unregistered.add(channel);
    return Answer.ADOPTED;
  }

  private static void letGo(FileDescriptor descriptor) {
    try {
      descriptor.close();
    } catch (IOException e) {
      // close(2) frees the descriptor whatever it reports
    }
  }

  /** Writes the answers, then passes the sockets on; false if not all could be written now. */
  private boolean answer() {
    if (heard) {
      write();
    }
    if (heard && answers.position() > 0) {
      loop.schedule(this::retry, ANSWER_RETRY_MILLIS, TimeUnit.MILLISECONDS);
      return false;
    }
    answers.clear();
    for (var next = unregistered.poll(); next != null; next = unregistered.poll()) {
      events.adopted(next);
    }
    events.batchEnded(this);
    return true;
  }

  private void retry() {
    if (!ended && answers.position() > 0) {
      takeBatch();
    }
  }

  private void write() {
    int length = answers.position();
    if (length == 0) {
      return;
    }
    try {
      int written = socket.write(answers, 0, length);
      answered += written;
      answers.flip().position(written);
      answers.compact();
    } catch (IOException e) {
      // the master is gone: what it sent is ours alone
      heard = false;
    }
  }

  /** Ends the link; what was not read is lost. */
  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    if (registration != null) {
      registration.cancel();
    }
    letGo(socket);
    events.ended(this);
  }
}
