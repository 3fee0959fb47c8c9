// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.fleet;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.chunk.Chunk;
import io.perfload.common.chunk.ChunkCodec;
import io.perfload.common.chunk.PackedChunk;
import io.perfload.common.model.HostProfile;
import io.perfload.common.model.Sample;
import io.perfload.common.model.SeriesSet;
import io.perfload.common.wire.AgentMessage;
import io.perfload.common.wire.AgentMessageDecoder;
import io.perfload.common.wire.FrameKind;
import io.perfload.common.wire.Preface;
import io.perfload.common.wire.SampleDecoder;
import io.perfload.common.wire.WorkerMessage;
import io.perfload.common.wire.WorkerMessageCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Understands agents, remembers what they said, and answers as a worker does. */
@SuppressWarnings("FutureReturnValueIgnored") // an agent that goes away is none of its business
final class FakeWorker implements AutoCloseable {
  private static final int CREDIT = 4;

  final Queue<HostProfile> hosts = new ConcurrentLinkedQueue<>();
  final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
  final Queue<Chunk> chunks = new ConcurrentLinkedQueue<>();
  final Queue<String> goodbyes = new ConcurrentLinkedQueue<>();
  final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
  final Set<InetAddress> clients = ConcurrentHashMap.newKeySet();
  final AtomicInteger pongs = new AtomicInteger();

  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final InetSocketAddress address;

  FakeWorker() {
    Channel listener =
        new ServerBootstrap()
            .group(group)
            .channel(EpollServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Session(channel));
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
    address = (InetSocketAddress) listener.localAddress();
  }

  InetSocketAddress address() {
    return address;
  }

  /** Cuts all connections. */
  void cut() {
    open.forEach(Channel::close);
  }

  /** Asks every agent for a pong. */
  void ping() {
    open.forEach(channel -> say(channel, new WorkerMessage.Ping(7)));
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static void say(Channel channel, WorkerMessage message) {
    var out = new ByteWriter();
    WorkerMessageCodec.encode(message, out);
    channel.writeAndFlush(Unpooled.wrappedBuffer(out.view()));
  }

  private final class Session extends ChannelInboundHandlerAdapter
      implements AgentMessage.Cases<Session> {
    private final Channel channel;
    private final ByteBuf in = Unpooled.buffer();
    private boolean prefaced;
    private Optional<SeriesSet> set = Optional.empty();
    private Optional<SampleDecoder> decoder = Optional.empty();
    private int acknowledged;

    private Session(Channel channel) {
      this.channel = channel;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      open.add(channel);
      clients.add(((InetSocketAddress) channel.remoteAddress()).getAddress());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      open.remove(channel);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Malformed {
      var bytes = (ByteBuf) message;
      in.writeBytes(bytes);
      bytes.release();
      if (!prefaced && in.readableBytes() >= Preface.BYTES) {
        Preface.check(in.nioBuffer());
        in.skipBytes(Preface.BYTES);
        prefaced = true;
      }
      while (prefaced && hasFrame()) {
        frame().on(this);
      }
      in.discardReadBytes();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      faults.add(cause);
      context.close();
    }

    private boolean hasFrame() {
      return in.readableBytes() >= 4
          && in.readableBytes() >= 4 + in.getUnsignedInt(in.readerIndex());
    }

    private AgentMessage frame() throws Malformed {
      long length = in.readUnsignedInt();
      FrameKind kind = FrameKind.of(length, in.readUnsignedByte());
      byte[] payload = new byte[(int) length - 1];
      in.readBytes(payload);
      return AgentMessageDecoder.decode(kind, ByteBuffer.wrap(payload));
    }

    @Override
    public Session hello(AgentMessage.Hello message) {
      say(channel, new WorkerMessage.Welcome("fake", 0, message.clockMs(), CREDIT));
      return this;
    }

    @Override
    public Session host(AgentMessage.Host message) {
      hosts.add(message.profile());
      return this;
    }

    @Override
    public Session series(AgentMessage.Series message) {
      set = Optional.of(message.set());
      decoder = Optional.of(new SampleDecoder(message.set().size()));
      return this;
    }

    @Override
    public Session sample(AgentMessage.Sample message) {
      SampleDecoder mine = decoder.orElseThrow();
      try {
        mine.decode(message.delta());
      } catch (Malformed e) {
        throw new IllegalStateException(e);
      }
      samples.add(mine.sample());
      return this;
    }

    @Override
    public Session chunk(AgentMessage.Chunk message) {
      byte[] bytes = new byte[message.packed().remaining()];
      message.packed().get(bytes);
      try {
        chunks.add(ChunkCodec.unpack(PackedChunk.of(bytes), set.orElseThrow()));
      } catch (Malformed e) {
        throw new IllegalStateException(e);
      }
      say(channel, new WorkerMessage.Ack(++acknowledged, List.of(), CREDIT));
      return this;
    }

    @Override
    public Session gap(AgentMessage.Gap message) {
      acknowledged++;
      say(channel, new WorkerMessage.Ack(acknowledged, List.of(), CREDIT));
      return this;
    }

    @Override
    public Session spool(AgentMessage.Spool message) {
      return this;
    }

    @Override
    public Session ping(AgentMessage.Ping message) {
      say(channel, new WorkerMessage.Pong(message.nonce(), 0));
      return this;
    }

    @Override
    public Session pong(AgentMessage.Pong message) {
      pongs.incrementAndGet();
      return this;
    }

    @Override
    public Session goodbye(AgentMessage.Goodbye message) {
      goodbyes.add(message.reason());
      return this;
    }
  }
}
