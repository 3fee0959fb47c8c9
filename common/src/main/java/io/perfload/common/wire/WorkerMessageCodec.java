// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.common.wire;

import io.perfload.common.bytes.ByteReader;
import io.perfload.common.bytes.ByteWriter;
import io.perfload.common.bytes.Fault;
import io.perfload.common.bytes.Malformed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Workers' messages in bytes; layouts in docs/protocol.md. Stateless; any thread. */
public final class WorkerMessageCodec {
  private static final int MAX_TEXT = 512;
  private static final int MAX_REFUSALS = 256;

  private WorkerMessageCodec() {}

  /** Appends {@code message} as one whole frame. */
  public static void encode(WorkerMessage message, ByteWriter out) {
    message.on(new Encoder(out));
  }

  /**
   * Reads one message.
   *
   * @param payload exactly the frame's payload
   * @throws Malformed when the bytes are no such message, or the kind is one that only agents send
   */
  public static WorkerMessage decode(FrameKind kind, ByteBuffer payload) throws Malformed {
    var in = new ByteReader(payload);
    WorkerMessage message = read(kind, in);
    in.end();
    return message;
  }

  private static WorkerMessage read(FrameKind kind, ByteReader in) throws Malformed {
    return switch (kind) {
      case WELCOME ->
          new WorkerMessage.Welcome(in.text(MAX_TEXT, "the node"), in.u16(), in.i64(), credit(in));
      case ACK -> new WorkerMessage.Ack(in.varint(), refusals(in), credit(in));
      case FAILURE ->
          new WorkerMessage.Failure(
              in.text(MAX_TEXT, "the code"), in.text(MAX_TEXT, "the message"));
      case PING -> new WorkerMessage.Ping(in.i64());
      case PONG -> new WorkerMessage.Pong(in.i64(), in.i64());
      case HELLO, HOST, SERIES, SAMPLE, CHUNK, GOODBYE, GAP, SPOOL ->
          throw new Malformed(Fault.KIND, "a worker does not send " + kind);
    };
  }

  private static int credit(ByteReader in) throws Malformed {
    return in.varintUpTo(1 << 16, "credit");
  }

  private static List<WorkerMessage.Refusal> refusals(ByteReader in) throws Malformed {
    int count = in.count(MAX_REFUSALS, 2, "refusals");
    List<WorkerMessage.Refusal> refusals = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      refusals.add(new WorkerMessage.Refusal(in.varint(), in.text(MAX_TEXT, "the reason")));
    }
    return refusals;
  }

  private record Encoder(ByteWriter out) implements WorkerMessage.Cases<ByteWriter> {
    @Override
    public ByteWriter welcome(WorkerMessage.Welcome message) {
      int start = FrameStart.begin(out, FrameKind.WELCOME);
      out.text(message.node()).u16(message.slot()).i64(message.clockMs()).varint(message.credit());
      return FrameStart.end(out, start);
    }

    @Override
    public ByteWriter ack(WorkerMessage.Ack message) {
      int start = FrameStart.begin(out, FrameKind.ACK);
      out.varint(message.chunks()).varint(message.refusals().size());
      message.refusals().forEach(refusal -> out.varint(refusal.chunk()).text(refusal.reason()));
      out.varint(message.credit());
      return FrameStart.end(out, start);
    }

    @Override
    public ByteWriter failure(WorkerMessage.Failure message) {
      int start = FrameStart.begin(out, FrameKind.FAILURE);
      out.text(message.code()).text(message.message());
      return FrameStart.end(out, start);
    }

    @Override
    public ByteWriter ping(WorkerMessage.Ping message) {
      int start = FrameStart.begin(out, FrameKind.PING);
      out.i64(message.nonce());
      return FrameStart.end(out, start);
    }

    @Override
    public ByteWriter pong(WorkerMessage.Pong message) {
      int start = FrameStart.begin(out, FrameKind.PONG);
      out.i64(message.nonce()).i64(message.clockMs());
      return FrameStart.end(out, start);
    }
  }
}
