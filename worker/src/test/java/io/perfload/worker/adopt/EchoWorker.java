// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.perfload.common.control.RunDirectory;
import io.perfload.common.route.AddressRanges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A worker that answers each message with its pid, four bytes, and sends the message back. When it
 * is to stop, it closes each connection once it has answered it.
 *
 * <p>Arguments: {@code [--listen PORT] [--journal FILE] [--room N] [--keep-door MILLIS]
 * [--connections-per-address N] [--run DIR]}. The journal gets one line for each adopted
 * connection: the client's address.
 */
public final class EchoWorker {
  private static final Duration DRAIN = Duration.ofSeconds(3);

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Echo echo = new Echo();
  private @org.jspecify.annotations.Nullable FileChannel journal;

  public static void main(String[] args) throws Exception {
    new EchoWorker().run(args);
  }

  private void run(String[] args) throws Exception {
    String run = option(args, "--run", "");
    String file = option(args, "--journal", "");
    if (!file.isEmpty()) {
      journal =
          FileChannel.open(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    Door door = run.isEmpty() ? direct(args) : behindMaster(args, run);
    Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown));
    stop.await();
    door.leave(Duration.ofSeconds(5)).join();
    echo.drain();
    for (long until = System.nanoTime() + DRAIN.toNanos();
        door.connections() > 0 && System.nanoTime() - until < 0; ) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    door.close();
    Runtime.getRuntime().halt(0);
  }

  private Door direct(String[] args) throws IOException {
    int port = Integer.parseInt(option(args, "--listen", "0"));
    return DirectDoor.open(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        "direct",
        this::adopted,
        AddressLimit.none());
  }

  private Door behindMaster(String[] args, String run) {
    int room = Integer.parseInt(option(args, "--room", "0"));
    long keep = Long.parseLong(option(args, "--keep-door", "60000"));
    return MasterDoor.open(
        RunDirectory.of(Path.of(run)),
        UUID.randomUUID(),
        this::adopted,
        within -> stop.countDown(),
        limit(args),
        Duration.ofMillis(keep),
        room > 0 ? new DescriptorRoom(room) : DescriptorRoom.measure());
  }

  private static AddressLimit limit(String[] args) {
    int connections = Integer.parseInt(option(args, "--connections-per-address", "0"));
    return connections == 0
        ? AddressLimit.none()
        : new AddressLimit(connections, AddressRanges.NONE, () -> {});
  }

  private static String option(String[] args, String name, String otherwise) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals(name)) {
        return args[i + 1];
      }
    }
    return otherwise;
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private void adopted(EpollSocketChannel channel) {
    if (journal != null) {
      note(journal, channel);
    }
    channel.pipeline().addLast(echo);
    group.register(channel);
  }

  private static void note(FileChannel journal, Channel channel) {
    try {
      String line = channel.remoteAddress() + "\n";
      journal.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private static final class Echo extends ChannelInboundHandlerAdapter {
    private final int pid = (int) ProcessHandle.current().pid();
    private final Set<Channel> answered = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    void drain() {
      draining = true;
      answered.forEach(Channel::close);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      answered.remove(context.channel());
    }

    @Override
    public boolean isSharable() {
      return true;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      ByteBuf answer = context.alloc().buffer(4 + bytes.readableBytes());
      answer.writeInt(pid).writeBytes(bytes);
      bytes.release();
      answered.add(context.channel());
      context
          .writeAndFlush(answer)
          .addListener(
              done -> {
                if (draining) {
                  context.close();
                }
              });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
