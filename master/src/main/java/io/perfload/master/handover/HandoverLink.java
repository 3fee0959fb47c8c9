// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.handover;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker's handover socket: its instance comes up first, then answers; descriptors go down.
 *
 * <p>A descriptor is sent by the system call itself, never through the channel's outbound buffer:
 * there a full socket would be fatal, here it is "not now". Confined to the door's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails there is told elsewhere
public final class HandoverLink extends ChannelInboundHandlerAdapter implements DescriptorLink {
  private static final Logger log = LoggerFactory.getLogger(HandoverLink.class);
  private static final int INSTANCE = 16;

  /** Hears a link. Called on the door's event loop. */
  public interface Events {
    /** The worker said who it is. */
    void greeted(HandoverLink link, UUID instance);

    /** Answers came. */
    void answered(HandoverLink link, byte[] answers);

    /** The worker's end is closed, and every answer it gave has been passed on. */
    void ended(HandoverLink link);
  }

  private final EpollDomainSocketChannel channel;
  private final Socket socket;
  private final Events events;
  private final ByteBuffer instance = ByteBuffer.allocate(INSTANCE);

  HandoverLink(EpollDomainSocketChannel channel, Events events) {
    this.channel = channel;
    this.socket = (Socket) channel.fd();
    this.events = events;
  }

  @Override
  public boolean send(int fd) throws IOException {
    try {
      return socket.sendFd(fd) > 0;
    } catch (IOException e) {
      if (io.perfload.master.accept.Errno.ETOOMANYREFS.is(e)) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    channel.close();
  }

  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      read(bytes);
    } finally {
      bytes.release();
    }
  }

  private void read(ByteBuf bytes) {
    if (instance.hasRemaining()) {
      greet(bytes);
    }
    if (bytes.isReadable()) {
      byte[] answers = new byte[bytes.readableBytes()];
      bytes.readBytes(answers);
      events.answered(this, answers);
    }
  }

  private void greet(ByteBuf bytes) {
    while (bytes.isReadable() && instance.hasRemaining()) {
      instance.put(bytes.readByte());
    }
    if (!instance.hasRemaining()) {
      instance.flip();
      UUID worker = new UUID(instance.getLong(), instance.getLong());
      events.greeted(this, worker);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    events.ended(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("Handover socket failed: cause={}", cause.toString());
    context.close();
  }
}
