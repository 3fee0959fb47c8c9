// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.handover;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandoverLinkIT implements HandoverLink.Events {
  private static final UUID INSTANCE = new UUID(1, 2);

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final IoEventLoop loop = group.next();
  private final BlockingQueue<HandoverLink> greeted = new LinkedBlockingQueue<>();
  private final BlockingQueue<Byte> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<HandoverLink> ended = new LinkedBlockingQueue<>();
  private final Socket worker = Socket.newSocketDomain();
  private final HandoverLink link;

  HandoverLinkIT(@TempDir Path directory) throws Exception {
    var address = new DomainSocketAddress(directory.resolve("handover.sock").toFile());
    new ServerBootstrap()
        .group(group)
        .channel(EpollServerDomainSocketChannel.class)
        .childHandler(new HandoverServer(this))
        .bind(address)
        .sync();
    worker.connect(address);
    ByteBuffer greeting = ByteBuffer.allocateDirect(16).putLong(1).putLong(2);
    worker.write(greeting, 0, 16);
    link = greeted.take();
  }

  @AfterEach
  void end() throws IOException {
    worker.close();
    group.shutdownGracefully(0, 1, SECONDS).syncUninterruptibly();
  }

  @Test
  void aFullSocketMeansNotNowAndIsNoEnd() throws Exception {
    try (var file = new Pipe()) {
      int sent = onLoop(() -> sendUntilFull(file.fd()));
      assertThat(sent).isBetween(SlotQueue.CREDIT, 2_000);

      for (int i = 0; i < sent; i++) {
        new FileDescriptor(worker.recvFd()).close();
      }

      assertThat(onLoop(() -> link.send(file.fd()))).isTrue();
      assertThat(link.isOpen()).isTrue();
    }
  }

  private int sendUntilFull(int fd) throws IOException {
    int sent = 0;
    while (link.send(fd)) {
      sent++;
    }
    return sent;
  }

  @Test
  void answersThatWereGivenAreHeardBeforeTheEnd() throws Exception {
    try (var file = new Pipe()) {
      for (int i = 0; i < 10; i++) {
        onLoop(() -> link.send(file.fd()));
      }
      ByteBuffer given =
          ByteBuffer.allocateDirect(3).put((byte) 'a').put((byte) 'd').put((byte) 'n');
      worker.write(given, 0, 3);
      worker.close();

      assertThat(ended.take()).isSameAs(link);
      assertThat(answers).containsExactly((byte) 'a', (byte) 'd', (byte) 'n');
    }
  }

  @Test
  void sendingToAWorkerThatIsGoneFails() throws Exception {
    worker.close();
    await().until(() -> !ended.isEmpty());

    try (var file = new Pipe()) {
      assertThatThrownBy(() -> onLoop(() -> link.send(file.fd())))
          .hasCauseInstanceOf(IOException.class);
    }
  }

  private <T> T onLoop(Callable<T> task) throws Exception {
    return loop.submit(task).get();
  }

  @Override
  public void greeted(HandoverLink who, UUID instance) {
    assertThat(instance).isEqualTo(INSTANCE);
    greeted.add(who);
  }

  @Override
  public void answered(HandoverLink who, byte[] given) {
    for (byte answer : given) {
      answers.add(answer);
    }
  }

  @Override
  public void ended(HandoverLink who) {
    ended.add(who);
  }

  /** Something with a descriptor. */
  private static final class Pipe implements AutoCloseable {
    private final FileDescriptor[] ends;

    Pipe() throws IOException {
      ends = FileDescriptor.pipe();
    }

    int fd() {
      return ends[0].intValue();
    }

    @Override
    public void close() throws IOException {
      ends[0].close();
      ends[1].close();
    }
  }
}
