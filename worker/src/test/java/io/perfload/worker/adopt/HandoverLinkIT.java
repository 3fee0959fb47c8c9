// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.perfload.common.control.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker's end of a handover socket, with the test as the master. */
class HandoverLinkIT implements HandoverLink.Events {
  private static final int CLIENTS = 150;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final IoEventLoop loop = group.next();
  private final Socket listener = Socket.newSocketStream();
  private final Socket local = Socket.newSocketDomain();
  private final List<EpollSocketChannel> adopted = new CopyOnWriteArrayList<>();
  private final AtomicInteger doors = new AtomicInteger();
  private final AtomicInteger ends = new AtomicInteger();
  private final Path path;

  HandoverLinkIT(@TempDir Path directory) throws IOException {
    path = directory.resolve("handover.sock");
    local.bind(new DomainSocketAddress(path.toFile()));
    local.listen(1);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    listener.listen(CLIENTS);
  }

  @AfterEach
  void end() throws IOException {
    for (EpollSocketChannel channel : adopted) {
      channel.fd().close();
    }
    listener.close();
    local.close();
    group.shutdownGracefully(0, 1, SECONDS).syncUninterruptibly();
  }

  @Test
  void everythingADeadMasterSentIsAdoptedThoughNobodyHearsTheAnswers() throws Exception {
    Socket master = link();
    List<Client> clients = sendClients(master, CLIENTS);
    master.close();

    await().until(() -> ends.get() == 1);

    assertThat(adopted).hasSize(CLIENTS);
    assertThat(doors).hasValue(1);
    for (Client client : clients) {
      client.close();
    }
  }

  @Test
  void eachDescriptorIsAnsweredOnceAndInOrder() throws Exception {
    Socket master = link();
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Client client = Client.connect(port());
      int fd = accept();
      if (i % 3 == 0) {
        client.reset();
      }
      master.sendFd(fd);
      new FileDescriptor(fd).close();
      clients.add(client);
    }

    byte[] answers = read(master, 31);

    assertThat(answers[0]).isEqualTo(Answer.ADOPTED);
    for (int i = 0; i < 30; i++) {
      assertThat(answers[i + 1]).isEqualTo(i % 3 == 0 ? Answer.DEAD : Answer.ADOPTED);
    }
    await().until(() -> adopted.size() == 20);
    assertThat(adopted).allMatch(channel -> !channel.isRegistered());
    master.close();
    for (Client client : clients) {
      client.close();
    }
  }

  /** Connects the link, hears who it is, and gives it a copy of the listening socket. */
  private Socket link() throws Exception {
    var instance = new UUID(3, 4);
    loop.submit(() -> HandoverLink.connect(path, instance, loop, this)).get();
    var master = new Socket(local.accept(new byte[25]));
    assertThat(ByteBuffer.wrap(read(master, 16)).getLong(8)).isEqualTo(4);
    master.sendFd(listener.intValue());
    return master;
  }

  private List<Client> sendClients(Socket master, int count) throws IOException {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(Client.connect(port()));
      int fd = accept();
      assertThat(master.sendFd(fd)).isEqualTo(1);
      new FileDescriptor(fd).close();
    }
    return clients;
  }

  private int accept() throws IOException {
    byte[] address = new byte[25];
    int fd = listener.accept(address);
    while (fd < 0) {
      Thread.onSpinWait();
      fd = listener.accept(address);
    }
    return fd;
  }

  private static byte[] read(Socket from, int length) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(length);
    await()
        .until(
            () -> {
              int read = from.read(bytes, bytes.position(), length);
              bytes.position(bytes.position() + Math.max(0, read));
              return !bytes.hasRemaining();
            });
    byte[] copy = new byte[length];
    bytes.flip().get(copy);
    return copy;
  }

  private int port() {
    return listener.localAddress().getPort();
  }

  @Override
  public void door(int fd) {
    doors.incrementAndGet();
    try {
      new FileDescriptor(fd).close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void adopted(EpollSocketChannel channel) {
    adopted.add(channel);
  }

  @Override
  public void batchEnded(HandoverLink link) {}

  @Override
  public void ended(HandoverLink link) {
    ends.incrementAndGet();
  }
}
