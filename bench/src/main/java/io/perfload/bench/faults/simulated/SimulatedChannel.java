// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.simulated;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelId;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** A worker's end of a line, for the pipeline of every other connection. One thread. */
@SuppressWarnings("FutureReturnValueIgnored") // how closes went shows on the channel
final class SimulatedChannel extends AbstractChannel implements DuplexChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);
  private static final int READ = 4096;
  private static final int MAX_READS = 16;

  private final Line line;
  private final Life life;
  private final InetSocketAddress remote;
  private final ChannelConfig config = new DefaultChannelConfig(this);
  private boolean open = true;
  private boolean readWanted;
  private boolean outputShut;

  /** A connection that was accepted and is in no event loop yet. */
  SimulatedChannel(Line line, Life life, InetSocketAddress remote) {
    super(null, new Id(remote.getPort()));
    this.line = line;
    this.life = life;
    this.remote = remote;
  }

  /** Reads what arrived; on the event loop. */
  void arrived() {
    if (!isActive() || !readWanted || !isRegistered()) {
      return;
    }
    boolean ended = false;
    boolean any = false;
    for (int i = 0; i < MAX_READS && readWanted && open; i++) {
      int count = readOnce();
      ended = count < 0;
      any |= count > 0;
      if (count <= 0) {
        break;
      }
      readWanted = config.isAutoRead();
    }
    if (any) {
      readWanted = false;
      pipeline().fireChannelReadComplete();
    }
    if (ended) {
      unsafe().close(voidPromise());
    } else if (readWanted && line.up.hasArrived()) {
      eventLoop().execute(this::arrived);
    }
  }

  /** Writes on; on the event loop. */
  void roomAgain() {
    if (isActive()) {
      unsafe().flush();
    }
  }

  /** The line was reset; on the event loop. */
  void broken() {
    if (open) {
      pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
      unsafe().close(voidPromise());
    }
  }

  private int readOnce() {
    ByteBuf bytes = alloc().heapBuffer(READ);
    ByteBuffer into = bytes.nioBuffer(0, READ);
    int count = line.up.read(into);
    if (count <= 0) {
      bytes.release();
      return count;
    }
    bytes.writerIndex(count);
    pipeline().fireChannelRead(bytes);
    return count;
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer in) throws IOException {
    while (in.current() instanceof ByteBuf bytes) {
      if (bytes.isReadable()) {
        life.step();
        if (line.isReset()) {
          throw new IOException("Connection reset by peer");
        }
        bytes.skipBytes(line.down.write(bytes.nioBuffer()));
        if (bytes.isReadable()) {
          return;
        }
      }
      in.remove();
    }
  }

  @Override
  protected void doBeginRead() {
    readWanted = true;
    if (line.up.hasArrived()) {
      eventLoop().execute(this::arrived);
    }
  }

  @Override
  protected void doClose() {
    if (open) {
      open = false;
      if (!life.isOver()) {
        line.down.end();
        line.up.drop();
      }
    }
  }

  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    outputShut = true;
    if (!life.isOver()) {
      line.down.end();
    }
    return promise.setSuccess();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isActive() {
    return open;
  }

  @Override
  public boolean isOutputShutdown() {
    return outputShut;
  }

  @Override
  public ChannelFuture shutdownOutput() {
    return shutdownOutput(newPromise());
  }

  @Override
  public boolean isInputShutdown() {
    return !open;
  }

  @Override
  public ChannelFuture shutdownInput() {
    return shutdownInput(newPromise());
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    line.up.drop();
    return promise.setSuccess();
  }

  @Override
  public boolean isShutdown() {
    return !open;
  }

  @Override
  public ChannelFuture shutdown() {
    return shutdown(newPromise());
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    return close(promise);
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new AbstractUnsafe() {
      @Override
      public void connect(SocketAddress to, SocketAddress from, ChannelPromise promise) {
        promise.setFailure(new UnsupportedOperationException("it is connected"));
      }
    };
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return loop instanceof SimulatedLoop;
  }

  @Override
  protected SocketAddress localAddress0() {
    return new InetSocketAddress(remote.getAddress(), 8000);
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return remote;
  }

  @Override
  protected void doBind(SocketAddress address) {
    throw new UnsupportedOperationException("it is connected");
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  /** The same in each run. */
  private record Id(int number) implements ChannelId {
    private static final long serialVersionUID = 1;

    @Override
    public String asShortText() {
      return Integer.toString(number);
    }

    @Override
    public String asLongText() {
      return asShortText();
    }

    @Override
    public int compareTo(ChannelId other) {
      return asShortText().compareTo(other.asShortText());
    }
  }
}
