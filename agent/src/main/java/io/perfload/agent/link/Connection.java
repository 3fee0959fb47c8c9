// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.link;

import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Malformed;
import io.perfload.common.wire.WorkerMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One connection to a worker that carries one conversation. What goes out is encoded a batch at a
 * time, and no more before that has left: so a worker that does not read costs {@value #BATCH}
 * bytes and one message. Confined to the link's thread.
 */
final class Connection {
  private static final int BATCH = 64 << 10;
  private static final long PING_AFTER_NANOS = 4_000_000_000L;
  private static final long DEAD_AFTER_NANOS = 9_000_000_000L;

  private final Wire wire;
  private final Conversation conversation;
  private final LongSupplier nanoTime;
  private final FrameReader frames = new FrameReader();
  private final ByteWriter batch = new ByteWriter(2048);
  private ByteBuffer leaving = batch.view();
  private long heardAtNanos;
  private boolean pinged;

  /** Talks over a wire that is connected. */
  Connection(Wire wire, Conversation conversation, LongSupplier nanoTime) {
    this.wire = wire;
    this.conversation = conversation;
    this.nanoTime = nanoTime;
    this.heardAtNanos = nanoTime.getAsLong();
    conversation.begin(batch);
    leaving = batch.view();
  }

  /** Reads and writes what can be without waiting; false when the worker has closed. */
  boolean proceed() throws IOException, Malformed {
    boolean open = read();
    watch();
    write();
    return open;
  }

  /**
   * Sends what is left and a goodbye, as far as that goes without waiting; true when all is out.
   */
  boolean sayGoodbye(boolean first) throws IOException {
    if (first) {
      ByteBuffer unsent = leaving;
      var rest = new ByteWriter(unsent.remaining() + 64).bytes(unsent);
      conversation.write(rest, BATCH);
      conversation.end(rest);
      leaving = rest.view();
    }
    flush();
    if (leaving.hasRemaining()) {
      return false;
    }
    wire.shutdownOutput();
    return true;
  }

  private boolean read() throws IOException, Malformed {
    int bytes = frames.fill(wire);
    if (bytes > 0) {
      heardAtNanos = nanoTime.getAsLong();
      pinged = false;
    }
    Optional<WorkerMessage> message = frames.next();
    while (message.isPresent()) {
      conversation.take(message.get());
      message = frames.next();
    }
    return bytes >= 0;
  }

  /** A worker that says nothing is asked; one that does not answer is taken for dead. */
  private void watch() throws IOException {
    long silence = nanoTime.getAsLong() - heardAtNanos;
    if (silence > DEAD_AFTER_NANOS) {
      throw new IOException("the worker does not answer");
    }
    if (silence > PING_AFTER_NANOS && !pinged) {
      pinged = true;
      conversation.ping();
    }
  }

  private void write() throws IOException {
    flush();
    while (!leaving.hasRemaining()) {
      conversation.write(batch.clear(), BATCH);
      leaving = batch.view();
      if (!leaving.hasRemaining()) {
        break;
      }
      flush();
    }
    wire.wantToWrite(leaving.hasRemaining());
  }

  private void flush() throws IOException {
    if (leaving.hasRemaining()) {
      wire.write(leaving);
    }
  }
}
