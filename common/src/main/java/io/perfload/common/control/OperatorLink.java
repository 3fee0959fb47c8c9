// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.control;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A connection to a master's control socket for those who are no workers: a command, or the next
 * master. Blocks, with deadlines. Confined to one thread.
 */
public final class OperatorLink implements AutoCloseable {
  private final SocketChannel channel;
  private final Selector selector;
  private final ControlReader<FromMaster> reader = ControlReader.ofMaster();
  private final ByteBuffer piece = ByteBuffer.allocate(ControlCodec.MAX_FRAME);
  private final Queue<FromMaster> messages = new ArrayDeque<>();

  private OperatorLink(SocketChannel channel, Selector selector) {
    this.channel = channel;
    this.selector = selector;
  }

  /**
   * Connects.
   *
   * @throws IOException if no master listens there
   */
  public static OperatorLink connect(RunDirectory run) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(run.controlSocket()));
      channel.configureBlocking(false);
      Selector selector = Selector.open();
      channel.register(selector, SelectionKey.OP_READ);
      return new OperatorLink(channel, selector);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Says something. It is short enough for the socket to take it at once. */
  public void send(FromWorker message) throws IOException {
    ByteBuffer frame = ControlCodec.encode(message);
    channel.write(frame);
    if (frame.hasRemaining()) {
      throw new IOException("the master does not read");
    }
  }

  /**
   * Waits for the next message.
   *
   * @throws IOException if none comes {@code within} that time
   * @throws EOFException if the master hung up
   */
  public FromMaster next(Duration within) throws IOException {
    long deadline = System.nanoTime() + within.toNanos();
    while (messages.isEmpty()) {
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (left <= 0) {
        throw new IOException("the master says nothing");
      }
      selector.select(left);
      selector.selectedKeys().clear();
      read();
    }
    return messages.remove();
  }

  private void read() throws IOException {
    piece.clear();
    int length = channel.read(piece);
    if (length < 0) {
      throw new EOFException("the master hung up");
    }
    try {
      reader.read(piece.flip(), messages::add);
    } catch (BadControlFrame e) {
      throw new IOException("the master is of another version", e);
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
